import { useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client } from "./http";
import type { BarrierShape, Barriers, ChangedBarrier, NewBarrier, Parted } from "./types";

const BARRIERS = "/api/v1/barriers";
const BARRIER = "/api/v1/barriers/{id}";

export function useBarriers() {
  return useQuery({
    queryKey: ["barriers"],
    queryFn: () => answer<Barriers>(client.GET(BARRIERS)),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** How many pairs of touching units a barrier of this shape would part, in each layer. */
export function useParted(geometry: BarrierShape | null) {
  return useQuery({
    queryKey: ["barrier-preview", geometry],
    queryFn: ({ signal }) =>
      answer<Parted[]>(
        client.POST("/api/v1/barriers/preview", {
          body: { geometry: geometry as BarrierShape, bridges: [] },
          signal,
        }),
      ),
    enabled: geometry !== null,
    gcTime: 0,
  });
}

/** Writes, and what they change fetched again: barriers, who touches whom, and what follows from it. */
export function useBarrierWrites() {
  const queries = useQueryClient();
  const follow = () =>
    Promise.all(
      ["barriers", "unit-table", "alignment"].map((key) =>
        queries.invalidateQueries({ queryKey: [key] }),
      ),
    );
  return {
    create: async (all: readonly NewBarrier[]) => {
      try {
        for (const body of all) await client.POST(BARRIERS, { body });
      } finally {
        await follow();
      }
    },
    change: async (id: number, body: ChangedBarrier) => {
      await client.PATCH(BARRIER, { params: { path: { id } }, body });
      await follow();
    },
    remove: async (id: number) => {
      await client.DELETE(BARRIER, { params: { path: { id } } });
      await follow();
    },
  };
}
