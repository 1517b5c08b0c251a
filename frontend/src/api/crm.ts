import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client, get } from "./http";
import { isFinal } from "./jobs";
import type { components } from "./schema";
import type { Page } from "./types";

type Schemas = components["schemas"];
export type CrmKind = Schemas["ConnectorKind"];
export type CrmField = Schemas["ConnectorField"];
export type Crm = Schemas["Connection"];
export type NewCrm = Schemas["CreateConnectionRequest"];
export type CrmChanges = Schemas["PatchedUpdateConnectionRequest"];
export type Push = Schemas["Push"];
export type PushRow = Schemas["PushRow"];

const CRMS = "/api/v1/connections";
const CRM = "/api/v1/connections/{id}";
const PUSH = "/api/v1/pushes/{id}";
const of = (id: number) => ({ params: { path: { id } } });
/** While a job is at work, and while all is quiet. */
const BUSY_MS = 1000;
const QUIET_MS = 15_000;

export const isAtWork = ({ job }: Pick<Crm | Push, "job">): boolean =>
  job !== null && !isFinal({ state: job.state ?? "queued" });
export const rollbackUrl = (id: number) => `/api/v1/pushes/${id}/rollback.csv`;

export function useCrmKinds() {
  return useQuery({
    queryKey: ["crm-kinds"],
    queryFn: () => answer<CrmKind[]>(client.GET(`${CRMS}/kinds`)),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useCrms() {
  return useQuery({
    queryKey: ["crms"],
    queryFn: () => answer<Crm[]>(client.GET(CRMS)),
    refetchInterval: ({ state }) => (state.data?.some(isAtWork) ? BUSY_MS : QUIET_MS),
  });
}

/** The latest pushes of one CRM, the newest first. */
export function usePushes(crmId: number) {
  return useQuery({
    queryKey: ["crms", crmId, "pushes"],
    queryFn: () => get<Page<Push>>(`connections/${crmId}/pushes`),
    refetchInterval: ({ state }) => (state.data?.results.some(isAtWork) ? BUSY_MS : QUIET_MS),
  });
}

/** One push with the number of its rows by state; asked for anew when `version` is another. */
export function usePush(id: number, version: string) {
  return useQuery({
    queryKey: ["pushes", id, version],
    queryFn: () => answer<Push>(client.GET(PUSH, of(id))),
    placeholderData: (previous) => previous,
  });
}

export function usePushRows(id: number, state: PushRow["state"], version: string) {
  return useInfiniteQuery({
    queryKey: ["pushes", id, "rows", state, version],
    queryFn: ({ pageParam }) => get<Page<PushRow>>(pageParam ?? `pushes/${id}/rows?state=${state}`),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

export function useCrmWrites() {
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: ["crms"] });
  return {
    create: useMutation({
      mutationFn: (body: NewCrm) => answer<Crm>(client.POST(CRMS, { body })),
      onSuccess,
    }),
    update: useMutation({
      mutationFn: ({ id, ...body }: CrmChanges & { id: number }) =>
        answer<Crm>(client.PATCH(CRM, { ...of(id), body })),
      onSuccess,
    }),
    remove: useMutation({
      mutationFn: (id: number) => answer<void>(client.DELETE(CRM, of(id))),
      onSuccess,
    }),
    check: useMutation({
      mutationFn: (id: number) => answer<Crm>(client.POST(`${CRM}/check`, of(id))),
      onSuccess,
    }),
    pull: useMutation({
      mutationFn: (id: number) => answer<Crm>(client.POST(`${CRM}/pull`, of(id))),
      onSuccess,
    }),
    protect: useMutation({
      mutationFn: ({ id, text }: { id: number; text: string }) =>
        answer<Crm>(client.PUT(`${CRM}/protected`, { ...of(id), body: { text } })),
      onSuccess,
    }),
  };
}

export function usePushWrites() {
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: ["crms"] });
  return {
    compare: useMutation({
      mutationFn: ({ crmId, alignment }: { crmId: number; alignment: number }) =>
        answer<Push>(client.POST(`${CRM}/pushes`, { ...of(crmId), body: { alignment } })),
      onSuccess,
    }),
    start: useMutation({
      mutationFn: ({ id, confirmed }: { id: number; confirmed: number }) =>
        answer<Push>(client.POST(`${PUSH}/start`, { ...of(id), body: { confirmed } })),
      onSuccess,
    }),
    retry: useMutation({
      mutationFn: (id: number) => answer<Push>(client.POST(`${PUSH}/retry`, of(id))),
      onSuccess,
    }),
  };
}
