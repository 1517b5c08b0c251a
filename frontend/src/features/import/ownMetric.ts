import type { Mapping } from "@/api/imports";
import type { ImportColumn, ImportField, ImportKind } from "@/api/types";

const PREFIX = "metric:";
const LONGEST = 40;

/** Any column with numbers can become a metric of accounts under its own name. */
export function ownMetricField(kind: ImportKind, column: ImportColumn): ImportField | null {
  if (kind !== "accounts" || !column.samples.some((sample) => /\d/.test(sample))) return null;
  const name = column.name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+/, "")
    .slice(0, LONGEST)
    .replace(/_+$/, "");
  return name === "" ? null : metricField(PREFIX + name);
}

/** The fields with those of the mapping's own metrics, also ones that were remembered. */
export function withOwnMetrics(fields: ImportField[], mapping: Mapping): ImportField[] {
  const known = new Set(fields.map((field) => field.key));
  const own = Object.values(mapping).filter((key) => key.startsWith(PREFIX) && !known.has(key));
  return [...fields, ...own.map(metricField)];
}

function metricField(key: string): ImportField {
  return {
    key,
    label: `Own metric: ${key.slice(PREFIX.length).replaceAll("_", " ")}`,
    required: false,
    kind: "number",
    description: "A figure of your own, kept with each account and summed per territory.",
  };
}
