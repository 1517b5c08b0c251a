import type { Territory } from "@/api/types";
import { type MetricReading, worstReading } from "@/domain/territoryView";

export type SortKey = "deviation" | "name" | string;

interface Row {
  territory: Territory;
  readings: readonly MetricReading[];
}

/** Worst first by default; by one metric from most above target to most below. */
export function sortTerritories<T extends Row>(rows: readonly T[], by: SortKey): T[] {
  const size = (row: T) => Math.abs(worstReading(row.readings)?.deviation ?? 0);
  const metric = (row: T) => row.readings.find(({ key }) => key === by)?.deviation ?? 0;
  const byName = (a: T, b: T) => a.territory.name.localeCompare(b.territory.name);
  return [...rows].sort((a, b) => {
    if (by === "name") return byName(a, b);
    const difference = by === "deviation" ? size(b) - size(a) : metric(b) - metric(a);
    return difference || byName(a, b);
  });
}
