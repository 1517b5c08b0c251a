import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { alignmentKeys } from "./alignments";
import { answer, client, get } from "./http";
import type {
  Alignment,
  Comparison,
  Finding,
  Move,
  NewRun,
  Page,
  Run,
  Scorecard,
  Snapshot,
} from "./types";

export function useScorecard(alignmentId: number | null) {
  return useQuery({
    queryKey: alignmentKeys.part(alignmentId ?? 0, "scorecard"),
    queryFn: () =>
      answer<Scorecard>(
        client.GET("/api/v1/alignments/{id}/scorecard", {
          params: { path: { id: String(alignmentId) } },
        }),
      ),
    enabled: alignmentId !== null,
    placeholderData: (previous) => (previous?.alignment_id === alignmentId ? previous : undefined),
  });
}

export function useFindings(alignmentId: number | null, isWanted = true) {
  return useQuery({
    queryKey: alignmentKeys.part(alignmentId ?? 0, "findings"),
    queryFn: () =>
      answer<Finding[]>(
        client.GET("/api/v1/findings", { params: { query: { alignment: alignmentId as number } } }),
      ),
    enabled: alignmentId !== null && isWanted,
  });
}

export function useComparison(beforeId: number | null, afterId: number | null) {
  return useQuery({
    queryKey: ["comparison", beforeId, afterId],
    queryFn: () =>
      answer<Comparison>(
        client.GET("/api/v1/alignments/{id}/comparison", {
          params: { path: { id: String(beforeId) }, query: { with: afterId as number } },
        }),
      ),
    enabled: beforeId !== null && afterId !== null,
  });
}

export function useSnapshots(teamId: number | undefined) {
  return useQuery({
    queryKey: ["snapshots", teamId],
    queryFn: () =>
      answer<Snapshot[]>(
        client.GET("/api/v1/snapshots", { params: { query: { team: teamId as number } } }),
      ),
    enabled: teamId !== undefined,
  });
}

export function useRuns(alignmentId: number | null) {
  return useQuery({
    queryKey: ["runs", alignmentId],
    queryFn: () =>
      answer<Page<Run>>(
        client.GET("/api/v1/runs", { params: { query: { alignment: alignmentId as number } } }),
      ),
    enabled: alignmentId !== null,
  });
}

export function useRun(id: number | null) {
  return useQuery({
    queryKey: ["run", id],
    queryFn: () =>
      answer<Run>(client.GET("/api/v1/runs/{id}", { params: { path: { id: id as number } } })),
    enabled: id !== null,
  });
}

export function useMoves(runId: number | null) {
  return useInfiniteQuery({
    queryKey: ["moves", runId],
    queryFn: ({ pageParam }) =>
      pageParam
        ? get<Page<Move>>(pageParam)
        : answer<Page<Move>>(
            client.GET("/api/v1/runs/{id}/moves", { params: { path: { id: runId as number } } }),
          ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: runId !== null,
  });
}

export const startRun = (body: NewRun, idempotencyKey: string) =>
  answer<Run>(
    client.POST("/api/v1/runs", { body, headers: { "Idempotency-Key": idempotencyKey } }),
  );
export const cancelRun = (id: number) =>
  answer<Run>(client.POST("/api/v1/runs/{id}/cancel", { params: { path: { id } } }));
export const acceptRun = (id: number, name: string) =>
  answer<Alignment>(
    client.POST("/api/v1/runs/{id}/accept", { params: { path: { id } }, body: { name } }),
  );
export const discardRun = (id: number) =>
  answer<void>(client.POST("/api/v1/runs/{id}/discard", { params: { path: { id } } }));
