import type { Mapping } from "@/api/imports";
import type { ImportColumn, ImportField } from "@/api/types";

export type Certainty = "remembered" | "sure" | "likely" | "guess" | "chosen" | "none";

const SURE = 0.9;
const LIKELY = 0.6;

/** Start from what is remembered for the workspace, else from the server's suggestions. */
export function startMapping(columns: ImportColumn[], remembered: Mapping): Mapping {
  if (Object.keys(remembered).length > 0) return remembered;
  const best = new Map<string, ImportColumn>();
  for (const column of columns) {
    if (!column.field) continue;
    const rival = best.get(column.field);
    if (!rival || column.confidence > rival.confidence) best.set(column.field, column);
  }
  return Object.fromEntries([...best].map(([field, column]) => [column.name, field]));
}

export interface Reassignment {
  mapping: Mapping;
  /** The column that lost the field, when another column had it. */
  loser: string | null;
}

/** One field is filled from one column: choosing it here takes it from wherever it was. */
export function assignField(mapping: Mapping, column: string, field: string | null): Reassignment {
  const entries = Object.entries(mapping).filter(([name]) => name !== column);
  if (field === null) return { mapping: Object.fromEntries(entries), loser: null };
  const loser = entries.find(([, taken]) => taken === field)?.[0] ?? null;
  const kept = entries.filter(([name]) => name !== loser);
  return { mapping: { ...Object.fromEntries(kept), [column]: field }, loser };
}

export function missingFields(fields: ImportField[], mapping: Mapping): ImportField[] {
  const filled = new Set(Object.values(mapping));
  return fields.filter((field) => field.required && !filled.has(field.key));
}

/** Fields in the order to offer them for a column: its suggestion, then free, then taken. */
export function orderSuggestions(
  fields: ImportField[],
  column: ImportColumn,
  mapping: Mapping,
): ImportField[] {
  const taken = new Set(
    Object.entries(mapping)
      .filter(([name]) => name !== column.name)
      .map(([, field]) => field),
  );
  const rank = (field: ImportField): number => {
    if (field.key === column.field) return 0;
    if (taken.has(field.key)) return 3;
    return field.required ? 1 : 2;
  };
  return fields
    .map((field, position) => ({ field, position, rank: rank(field) }))
    .sort((a, b) => a.rank - b.rank || a.position - b.position)
    .map(({ field }) => field);
}

export function certaintyOf(
  column: ImportColumn,
  field: string | undefined,
  isRemembered: boolean,
): Certainty {
  if (field === undefined) return "none";
  if (isRemembered) return "remembered";
  if (field !== column.field) return "chosen";
  if (column.confidence >= SURE) return "sure";
  return column.confidence >= LIKELY ? "likely" : "guess";
}
