import type { Account, Selection } from "@/api/types";

interface Holder {
  territory_id: number | null;
  n_accounts: number;
  revenue_minor: number;
  workload_h: number;
}

/** Accounts that were pointed at, and whose they are. */
export interface Held {
  n_accounts: number;
  account_ids: number[];
  is_truncated: boolean;
  by_territory: Selection["by_territory"];
}

export function heldAccount(account: Account): Held {
  const holder = {
    territory_id: account.territory?.id ?? null,
    n_accounts: 1,
    revenue_minor: account.revenue_minor ?? 0,
    workload_h: account.workload_h ?? 0,
  };
  return {
    n_accounts: 1,
    account_ids: [account.id],
    is_truncated: false,
    by_territory: [holder],
  };
}

export interface Change extends Omit<Holder, "territory_id"> {
  territoryId: number | null;
}

/** Who gains and who loses when all go to one territory; what it holds already does not move. */
export function exceptionChange({ by_territory }: Held, toId: number): Change[] {
  const losing = by_territory.filter(({ territory_id }) => territory_id !== toId);
  if (losing.length === 0) return [];
  const sum = (key: Exclude<keyof Holder, "territory_id">) =>
    losing.reduce((total, holder) => total + holder[key], 0);
  return [
    {
      territoryId: toId,
      n_accounts: sum("n_accounts"),
      revenue_minor: sum("revenue_minor"),
      workload_h: sum("workload_h"),
    },
    ...losing.map(({ territory_id, n_accounts, revenue_minor, workload_h }) => ({
      territoryId: territory_id,
      n_accounts: -n_accounts,
      revenue_minor: -revenue_minor,
      workload_h: -workload_h,
    })),
  ];
}
