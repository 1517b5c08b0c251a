import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, client, get } from "./http";
import type { components } from "./schema";
import type { Page } from "./types";

type Schemas = components["schemas"];
export type ApiToken = Schemas["ApiToken"];
export type NewApiToken = Schemas["CreateApiTokenRequest"];
export type Scope = Schemas["Scope"];
export type Webhook = Schemas["Webhook"];
export type NewWebhook = Schemas["CreateWebhookRequest"];
export type EventKind = Schemas["EventKind"];
export type Delivery = Schemas["Delivery"];

const TOKENS = "/api/v1/api-tokens";
const WEBHOOKS = "/api/v1/webhooks";
const WEBHOOK = "/api/v1/webhooks/{id}";
const of = (id: number) => ({ params: { path: { id } } });
/** While something is on its way, and while all is quiet. */
const BUSY_MS = 1500;
const QUIET_MS = 15_000;

export function useApiTokens() {
  return useQuery({
    queryKey: ["api-tokens"],
    queryFn: () => answer<ApiToken[]>(client.GET(TOKENS)),
    refetchInterval: QUIET_MS,
  });
}

export function useCreateApiToken() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewApiToken) =>
      answer<Schemas["CreatedApiToken"]>(client.POST(TOKENS, { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["api-tokens"] }),
  });
}

export function useRevokeApiToken() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => answer<void>(client.DELETE("/api/v1/api-tokens/{id}", of(id))),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["api-tokens"] }),
  });
}

export function useWebhooks() {
  return useQuery({
    queryKey: ["webhooks"],
    queryFn: () => answer<Webhook[]>(client.GET(WEBHOOKS)),
    refetchInterval: ({ state }) =>
      state.data?.some(({ last_delivery }) => last_delivery && isOnItsWay(last_delivery))
        ? BUSY_MS
        : QUIET_MS,
  });
}

export function useDeliveries(webhookId: number) {
  return useInfiniteQuery({
    queryKey: ["webhooks", webhookId, "deliveries"],
    queryFn: ({ pageParam }) =>
      get<Page<Delivery>>(pageParam ?? `webhooks/${webhookId}/deliveries`),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ results }) => results.some(isOnItsWay)) ? BUSY_MS : QUIET_MS,
  });
}

/** Writes to webhooks; lists and deliveries are fetched again after each. */
export function useWebhookWrites() {
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: ["webhooks"] });
  return {
    create: useMutation({
      mutationFn: (body: NewWebhook) =>
        answer<Schemas["CreatedWebhook"]>(client.POST(WEBHOOKS, { body })),
      onSuccess,
    }),
    turn: useMutation({
      mutationFn: ({ id, is_active }: Pick<Webhook, "id" | "is_active">) =>
        answer<Webhook>(client.PATCH(WEBHOOK, { ...of(id), body: { is_active } })),
      onSuccess,
    }),
    remove: useMutation({
      mutationFn: (id: number) => answer<void>(client.DELETE(WEBHOOK, of(id))),
      onSuccess,
    }),
    test: useMutation({
      mutationFn: (id: number) => answer<Delivery>(client.POST(`${WEBHOOK}/test`, of(id))),
      onSuccess,
    }),
    redeliver: useMutation({
      mutationFn: (id: number) =>
        answer<Delivery>(client.POST("/api/v1/webhook-deliveries/{id}/redeliver", of(id))),
      onSuccess,
    }),
  };
}

/** Not tried yet, or tried a moment ago: worth looking again soon. */
function isOnItsWay({ state, attempts }: Delivery): boolean {
  return state === "waiting" && attempts <= 1;
}
