import { type QueryClient, queryOptions, useQuery } from "@tanstack/react-query";
import { alignmentsQuery } from "./alignments";
import { answer, client } from "./http";
import type { Session, Team } from "./types";

const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: () => answer<Session>(client.GET("/api/v1/session")),
  retry: false,
});

export function useSession() {
  return useQuery(sessionQuery);
}

/** Asked for at once, so that the desk does not wait for one answer after the other. */
export function prefetchDesk(queries: QueryClient): void {
  void queries.prefetchQuery(sessionQuery);
  void queries.prefetchQuery(alignmentsQuery);
}

export function useTeams() {
  return useQuery({
    queryKey: ["teams"],
    queryFn: () => answer<Team[]>(client.GET("/api/v1/teams")),
  });
}

export function switchWorkspace(workspace_id: number): Promise<Session> {
  return answer<Session>(client.PATCH("/api/v1/session", { body: { workspace_id } }));
}
