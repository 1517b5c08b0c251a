import type { UnitColumns } from "./units";
import { NOBODY } from "./units";

/** One unit changing hands; owner 0 is nobody. */
export interface UnitMove {
  unitId: number;
  from: number;
  to: number;
}

/** territory → metric → change, signed. Nobody (0) is left out: unassigned is not a territory. */
export type TotalsChange = Map<number, Map<string, number>>;

/** What a set of moves gives to and takes from each territory, from unit sums alone. */
export function totalsChange(moves: readonly UnitMove[], units: UnitColumns): TotalsChange {
  const change: TotalsChange = new Map();
  for (const { unitId, from, to } of moves) {
    const index = units.indexOf.get(unitId);
    if (index === undefined || from === to) continue;
    for (const [metric, column] of units.metrics) {
      const amount = column[index] ?? 0;
      add(change, from, metric, -amount);
      add(change, to, metric, amount);
    }
  }
  return change;
}

function add(change: TotalsChange, territory: number, metric: string, amount: number): void {
  if (territory === NOBODY) return;
  let metrics = change.get(territory);
  if (!metrics) {
    metrics = new Map();
    change.set(territory, metrics);
  }
  metrics.set(metric, (metrics.get(metric) ?? 0) + amount);
}

/** Sum of one metric over the moved units, whoever had them. */
export function movedAmount(
  moves: readonly UnitMove[],
  units: UnitColumns,
  metric: string,
): number {
  const column = units.metrics.get(metric);
  if (!column) return 0;
  return moves.reduce((total, { unitId }) => {
    const index = units.indexOf.get(unitId);
    return index === undefined ? total : total + (column[index] ?? 0);
  }, 0);
}
