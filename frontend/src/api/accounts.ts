import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { get } from "./http";
import type { Account, Page, Rep, Segment } from "./types";

export interface AccountFilter {
  search?: string;
  alignment?: number;
  territory?: number | "none";
  segment?: string;
  unplotted?: boolean;
  near?: string;
  ordering?: string;
  page_size?: number;
}

export const fetchAccounts = (filter: AccountFilter, signal?: AbortSignal) =>
  get<Page<Account>>("accounts", { ...filter }, signal);

export const fetchAccount = (id: number, alignmentId?: number) =>
  get<Account>(`accounts/${id}`, { alignment: alignmentId });

export function useAccounts(filter: AccountFilter, enabled = true) {
  return useInfiniteQuery({
    queryKey: ["accounts", filter],
    queryFn: ({ pageParam, signal }) =>
      pageParam ? get<Page<Account>>(pageParam, undefined, signal) : fetchAccounts(filter, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    enabled,
  });
}

export function useAccount(id: number | null, alignmentId?: number) {
  return useQuery({
    queryKey: ["account", id, alignmentId],
    queryFn: () => fetchAccount(id as number, alignmentId),
    enabled: id !== null,
  });
}

async function fetchAllReps(team?: number): Promise<Rep[]> {
  const reps: Rep[] = [];
  let page = await get<Page<Rep>>("reps", { team, page_size: 500 });
  reps.push(...page.results);
  while (page.next) {
    page = await get<Page<Rep>>(page.next);
    reps.push(...page.results);
  }
  return reps;
}

export function useReps(team?: number) {
  return useQuery({
    queryKey: ["reps", team],
    queryFn: () => fetchAllReps(team),
    enabled: team !== undefined,
  });
}

/** What the numbers of segments in account tiles stand for. */
export function useSegments(isWanted: boolean) {
  return useQuery({
    queryKey: ["segments"],
    queryFn: () => get<Segment[]>("segments"),
    enabled: isWanted,
  });
}
