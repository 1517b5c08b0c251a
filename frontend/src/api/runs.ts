import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { answer, client, get } from "./http";
import { isFinal } from "./jobs";
import { ProblemError } from "./problem";
import type { Alignment, BestPlan, Move, MovesPreview, NewRun, Outlook, Page, Run } from "./types";

const UNDER_WAY_MS = 1000;

export const isUnderWay = (run: Pick<Run, "state">): boolean => !isFinal(run);

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
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? UNDER_WAY_MS : false),
  });
}

/** The plan that the running job showed last; `number` says which that is, 0 that there is none. */
export function useBestPlan(runId: number | null, number: number) {
  return useQuery({
    queryKey: ["best-plan", runId, number],
    queryFn: () =>
      answer<BestPlan>(
        client.GET("/api/v1/runs/{id}/best", { params: { path: { id: runId as number } } }),
      ).catch((reason: unknown) => {
        // The run has just ended, or Redis has forgotten: nothing to show, and nothing wrong.
        if (reason instanceof ProblemError && reason.status === 404) return null;
        throw reason;
      }),
    enabled: runId !== null && number > 0,
    placeholderData: (previous, query) =>
      query?.queryKey[1] === runId && number > 0 ? previous : undefined,
    gcTime: 0,
  });
}

/** What can be proved about these wishes before a run starts; asked again when the alignment changes. */
export function useOutlook(body: NewRun, revision: number, isWanted: boolean) {
  return useQuery({
    queryKey: ["run-check", revision, body],
    queryFn: ({ signal }) => answer<Outlook>(client.POST("/api/v1/runs/check", { body, signal })),
    enabled: isWanted,
    placeholderData: keepPreviousData,
    retry: false,
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

/** What some of the moves would do to the alignment at this revision. */
export function useMovesPreview(runId: number, revision: number, positions: readonly number[]) {
  return useQuery({
    queryKey: ["moves-preview", runId, revision, positions],
    queryFn: ({ signal }) =>
      answer<MovesPreview>(
        client.POST("/api/v1/runs/{id}/moves/preview", {
          params: { path: { id: runId } },
          body: { positions: [...positions] },
          signal,
        }),
      ),
    enabled: positions.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

export const startRun = (body: NewRun, idempotencyKey: string) =>
  answer<Run>(
    client.POST("/api/v1/runs", { body, headers: { "Idempotency-Key": idempotencyKey } }),
  );
export const cancelRun = (id: number) =>
  answer<Run>(client.POST("/api/v1/runs/{id}/cancel", { params: { path: { id } } }));
/** All of the proposal, or only the moves at these positions. */
export const acceptRun = (id: number, name: string, positions?: readonly number[]) =>
  answer<Alignment>(
    client.POST("/api/v1/runs/{id}/accept", {
      params: { path: { id } },
      body: positions ? { name, positions: [...positions] } : { name },
    }),
  );
export const discardRun = (id: number) =>
  answer<void>(client.POST("/api/v1/runs/{id}/discard", { params: { path: { id } } }));
