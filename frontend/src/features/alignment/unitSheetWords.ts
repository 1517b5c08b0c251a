import type { SheetPlan } from "@/api/types";
import { formatCount } from "@/domain/format";

const DELIMITERS: Record<string, string> = {
  ",": "commas",
  ";": "semicolons",
  "\t": "tabs",
  "|": "bars",
};

/** How the file was read. */
export function readWords({ n_rows, sheet, encoding, delimiter }: SheetPlan): string {
  const how = sheet
    ? `sheet “${sheet}”`
    : [delimiter && `separated by ${DELIMITERS[delimiter] ?? delimiter}`, encoding]
        .filter(Boolean)
        .join(", ");
  return `${countWords(n_rows, "row")} read${how ? `: ${how}` : ""}.`;
}

/** What the rows that can be taken would do. */
export function moveWords({ n_units, n_moved, n_cleared, n_accounts }: SheetPlan): string[] {
  const found = `${countWords(n_units, "unit")} found.`;
  if (n_moved === 0)
    return [found, "Nothing would change: every unit is already as the file says."];
  const accounts = n_accounts > 0 ? ` with ${countWords(n_accounts, "account")}` : "";
  const moved = `${countWords(n_moved, "unit")}${accounts} would change hands`;
  return [found, n_cleared > 0 ? `${moved}; ${formatCount(n_cleared)} to nobody.` : `${moved}.`];
}

export function problemWords({ line, value, problem }: SheetPlan["problems"][number]): string {
  return `Line ${formatCount(line)}: ${value ? `“${value}” ` : ""}${problem}.`;
}

/** The territories that are not there yet, the first few by name. */
export function newWords({ new_territories, n_new_territories }: SheetPlan, shown = 4): string {
  const named = new_territories
    .slice(0, shown)
    .map(({ name, n_units }) => `${name} (${formatCount(n_units)})`);
  const n_more = n_new_territories - named.length;
  return [...named, ...(n_more > 0 ? [`${formatCount(n_more)} more`] : [])].join(", ");
}

/** A refusal about the file by its name instead of the form's field. */
export function refusalWords(filename: string, sentences: readonly string[]): string[] {
  return sentences.map((sentence) => sentence.replace(/^file: /, `${filename} `));
}

export function countWords(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
