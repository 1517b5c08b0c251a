import { useQuery } from "@tanstack/react-query";
import { get, send } from "./http";
import type { MemberSummary, Session, Team } from "./types";

export function useSession() {
  return useQuery({ queryKey: ["session"], queryFn: () => get<Session>("session"), retry: false });
}

export function useTeams() {
  return useQuery({ queryKey: ["teams"], queryFn: () => get<Team[]>("teams") });
}

export function useMembers(enabled = true) {
  return useQuery({
    queryKey: ["members"],
    queryFn: () => get<MemberSummary[]>("members"),
    enabled,
  });
}

export function switchWorkspace(workspaceId: number): Promise<Session> {
  return send<Session>("PATCH", "session", { body: { workspace_id: workspaceId } });
}
