import type { Change } from "@/api/types";

const NAMED = "name_version";

export interface HistoryLine {
  change: Change;
  /** Names that people gave to the state after it, oldest first. */
  names: string[];
}

/** Changes, newest first, each with the names of its revision. */
export function historyLines(changes: readonly Change[]): HistoryLine[] {
  const names = new Map<number, string[]>();
  for (const { operation, label, revision_after } of changes) {
    if (operation === NAMED)
      names.set(revision_after, [label, ...(names.get(revision_after) ?? [])]);
  }
  return changes
    .filter(({ operation }) => operation !== NAMED)
    .map((change) => ({ change, names: names.get(change.revision_after) ?? [] }));
}

/** “12 units · 1 territory”: how much a change touched. */
export function effectWords({ n_units, n_territories, n_overrides }: Change["effect"]): string {
  const counted = (n: number, one: string, many: string) =>
    n > 0 ? [`${n} ${n === 1 ? one : many}`] : [];
  return [
    ...counted(n_units, "unit", "units"),
    ...counted(n_territories, "territory", "territories"),
    ...counted(n_overrides, "named account", "named accounts"),
  ].join(" · ");
}
