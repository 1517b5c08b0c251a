import { expect, it } from "vitest";
import { exceptionChange, type Held } from "./exceptionChange";

const holder = (territory_id: number | null, n_accounts: number) => ({
  territory_id,
  n_accounts,
  revenue_minor: n_accounts * 100,
  workload_h: n_accounts * 2,
});
const HELD: Held = {
  n_accounts: 6,
  account_ids: [1, 2, 3, 4, 5, 6],
  is_truncated: false,
  by_territory: [holder(1, 3), holder(2, 2), holder(null, 1)],
};

it("gives to one what the others and nobody lose", () => {
  expect(
    exceptionChange(HELD, 1).map(({ territoryId, n_accounts }) => [territoryId, n_accounts]),
  ).toEqual([
    [1, 3],
    [2, -2],
    [null, -1],
  ]);
});

it("moves nothing that the territory holds already", () => {
  expect(exceptionChange({ ...HELD, by_territory: [holder(2, 2)] }, 2)).toEqual([]);
});
