import { useQuery, useQueryClient } from "@tanstack/react-query";
import { alignmentKeys } from "./alignments";
import { answer, client } from "./http";
import type { Isochrones, Travel, TravelMeasurement } from "./types";

/** Drives by road as they were measured last. */
export function useTravel(alignmentId: number) {
  return useQuery({
    queryKey: alignmentKeys.part(alignmentId, "travel"),
    queryFn: () =>
      answer<Travel>(
        client.GET("/api/v1/alignments/{id}/travel", {
          params: { path: { id: String(alignmentId) } },
        }),
      ),
    placeholderData: (previous) => (previous?.alignment_id === alignmentId ? previous : undefined),
  });
}

export function useTravelRefresh(alignmentId: number): () => void {
  const client = useQueryClient();
  return () =>
    void client.invalidateQueries({ queryKey: alignmentKeys.part(alignmentId, "travel") });
}

export const measureTravel = (alignmentId: number) =>
  answer<TravelMeasurement>(
    client.POST("/api/v1/alignments/{id}/travel", {
      params: { path: { id: String(alignmentId) } },
      body: { engine: null, limit_min: 60 },
    }),
  );

/** How far one gets from a territory's base; nothing is asked for while null. */
export function useIsochrones(territoryId: number | null, revision: number) {
  return useQuery({
    queryKey: ["isochrones", territoryId, revision],
    queryFn: () =>
      answer<Isochrones>(
        client.GET("/api/v1/territories/{id}/isochrones", {
          params: { path: { id: String(territoryId) } },
        }),
      ),
    enabled: territoryId !== null,
  });
}
