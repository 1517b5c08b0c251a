import { useQuery } from "@tanstack/react-query";
import { answer, client } from "./http";
import type { Session, Team } from "./types";

export function useSession() {
  return useQuery({
    queryKey: ["session"],
    queryFn: () => answer<Session>(client.GET("/api/v1/session")),
    retry: false,
  });
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
