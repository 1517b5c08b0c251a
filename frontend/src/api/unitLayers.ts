import { useQuery } from "@tanstack/react-query";
import { fetchAccounts } from "./accounts";
import { answer, client } from "./http";
import type { components } from "./schema";
import type { UnitLayer } from "./types";

export type NewUnitLayer = components["schemas"]["CreateUnitLayerRequest"];

export const UNIT_LAYERS_KEY = ["unit-layers"] as const;

/** A retry after a lost answer carries the same key, so it makes no second layer. */
export const createUnitLayer = (body: NewUnitLayer, idempotencyKey: string) =>
  answer<UnitLayer>(
    client.POST("/api/v1/unit-layers", {
      params: { header: { "Idempotency-Key": idempotencyKey } },
      body,
    }),
  );

export const deleteUnitLayer = (id: number) =>
  answer<void>(client.DELETE("/api/v1/unit-layers/{id}", { params: { path: { id } } }));

/** One page of accounts by name: enough to see which states they are in, whatever their number. */
export function useAccountSample() {
  return useQuery({
    queryKey: ["accounts", "sample"],
    queryFn: ({ signal }) => fetchAccounts({ ordering: "name", page_size: 500 }, signal),
  });
}
