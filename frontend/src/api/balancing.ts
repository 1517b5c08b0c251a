import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { alignmentKeys } from "./alignments";
import { get, send } from "./http";
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
    queryFn: () => get<Scorecard>(`alignments/${alignmentId}/scorecard`),
    enabled: alignmentId !== null,
    placeholderData: (previous) => (previous?.alignment_id === alignmentId ? previous : undefined),
  });
}

export function useFindings(alignmentId: number | null) {
  return useQuery({
    queryKey: alignmentKeys.part(alignmentId ?? 0, "findings"),
    queryFn: () => get<Finding[]>("findings", { alignment: alignmentId }),
    enabled: alignmentId !== null,
  });
}

export function useComparison(beforeId: number | null, afterId: number | null) {
  return useQuery({
    queryKey: ["comparison", beforeId, afterId],
    queryFn: () => get<Comparison>(`alignments/${beforeId}/comparison`, { with: afterId }),
    enabled: beforeId !== null && afterId !== null,
  });
}

export function useSnapshots(teamId: number | undefined) {
  return useQuery({
    queryKey: ["snapshots", teamId],
    queryFn: () => get<Snapshot[]>("snapshots", { team: teamId }),
    enabled: teamId !== undefined,
  });
}

export function useRuns(alignmentId: number | null) {
  return useQuery({
    queryKey: ["runs", alignmentId],
    queryFn: () => get<Page<Run>>("runs", { alignment: alignmentId }),
    enabled: alignmentId !== null,
  });
}

export function useRun(id: number | null) {
  return useQuery({
    queryKey: ["run", id],
    queryFn: () => get<Run>(`runs/${id}`),
    enabled: id !== null,
  });
}

export function useMoves(runId: number | null) {
  return useInfiniteQuery({
    queryKey: ["moves", runId],
    queryFn: ({ pageParam }) => get<Page<Move>>(pageParam || `runs/${runId}/moves`),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: runId !== null,
  });
}

export const startRun = (body: NewRun, idempotencyKey: string) =>
  send<Run>("POST", "runs", { body, idempotencyKey });
export const cancelRun = (id: number) => send<Run>("POST", `runs/${id}/cancel`);
export const acceptRun = (id: number, name: string) =>
  send<Alignment>("POST", `runs/${id}/accept`, { body: { name } });
export const discardRun = (id: number) => send<void>("POST", `runs/${id}/discard`);
