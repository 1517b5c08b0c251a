import type { Mapping } from "@/api/imports";
import type { ImportPreview, ImportProblem } from "@/api/types";

type PreviewRow = ImportPreview["rows"][number];

/** A problem names a column of the file, or a field where no column is to blame. */
export function problemsOfField(row: PreviewRow, field: string, mapping: Mapping): ImportProblem[] {
  return row.problems.filter(
    ({ column }) => column === field || (column !== null && mapping[column] === field),
  );
}

export function problemsOfRow(row: PreviewRow, mapping: Mapping): ImportProblem[] {
  const shown = new Set(Object.values(mapping));
  return row.problems.filter(
    ({ column }) => column === null || !(shown.has(column) || column in mapping),
  );
}

export function problemSentence({ problem, bound }: Pick<ImportProblem, "problem" | "bound">) {
  return bound ? `${problem} (${bound})` : problem;
}

export function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
