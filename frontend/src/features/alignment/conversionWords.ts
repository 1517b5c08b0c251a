import type { Conversion } from "@/api/types";
import { formatCount } from "@/domain/format";

/** What making drawn territories of whole units means, before the figures. */
export function conversionWords(conversion: Conversion): string[] {
  const { n_units, n_unassigned, n_divided, n_accounts_moved } = conversion;
  return [
    `${counted(n_accounts_moved, "account")} would change territory.`,
    n_unassigned === 0
      ? `All ${formatCount(n_units)} units would have a territory.`
      : `${formatCount(n_unassigned)} of ${formatCount(n_units)} units would be nobody’s.`,
    ...(n_divided > 0
      ? [
          `${counted(n_divided, "unit")} ${n_divided === 1 ? "lies" : "lie"} in several territories.`,
        ]
      : []),
  ];
}

/** Territories, and nobody, that would have other figures than now; the largest change first. */
export function gainsAndLosses({ territories }: Conversion) {
  return territories
    .map(({ territory_id, name, before, after }) => ({
      territory_id,
      name,
      accounts: after.accounts - before.accounts,
      revenue_minor: after.revenue_minor - before.revenue_minor,
      workload_h: Math.round(after.workload_h - before.workload_h),
    }))
    .filter(({ accounts, revenue_minor }) => accounts !== 0 || revenue_minor !== 0)
    .sort((a, b) => Math.abs(b.revenue_minor) - Math.abs(a.revenue_minor));
}

function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}
