import { useQuery } from "@tanstack/react-query";
import { alignmentKeys } from "./alignments";
import { answer, client } from "./http";
import type {
  Alignment,
  Answers,
  Comparison,
  Finding,
  Proposal,
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

/** Ways out of a finding, for the revision that the screen shows. */
export function useProposals(alignment: Alignment, findingId: string) {
  const { id, revision } = alignment;
  return useQuery({
    queryKey: [...alignmentKeys.part(id, "proposals"), revision, findingId],
    queryFn: () =>
      answer<Proposal[]>(
        client.GET("/api/v1/findings/proposals", {
          params: { query: { alignment: id, finding: findingId } },
        }),
      ),
  });
}

export const acceptFinding = (
  alignment_id: number,
  finding_id: string,
  reason: string,
  until: string | null,
) =>
  answer<void>(
    client.POST("/api/v1/findings/accept", { body: { alignment_id, finding_id, reason, until } }),
  );

export const reopenFinding = (alignment_id: number, finding_id: string) =>
  answer<void>(client.POST("/api/v1/findings/reopen", { body: { alignment_id, finding_id } }));

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

/** The five questions; `growth` is expected demand, as a fraction more than today. */
export function useAnswers(alignmentId: number | null, growth: number) {
  return useQuery({
    queryKey: [...alignmentKeys.part(alignmentId ?? 0, "answers"), growth],
    queryFn: () =>
      answer<Answers>(
        client.GET("/api/v1/alignments/{id}/answers", {
          params: { path: { id: String(alignmentId) }, query: { growth } },
        }),
      ),
    enabled: alignmentId !== null,
    placeholderData: (previous) => (previous?.alignment_id === alignmentId ? previous : undefined),
  });
}
