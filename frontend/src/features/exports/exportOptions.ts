import type { ExportQuery } from "@/api/exports";
import type { Alignment, ExportFormat } from "@/api/types";
import { formatCount, formatDate } from "@/domain/format";

/** Sheets that a workbook gets at most. */
const SHEETS_MAX = 400;

/** Which accounts go into the file. */
export type Rows = "all" | "since" | "against";

export interface Chosen {
  columns: readonly string[];
  rows: Rows;
  /** ISO date. */
  since: string;
  againstId: number | null;
  territoryIds: readonly number[];
  isPerTerritory: boolean;
}

export const EVERYTHING: Chosen = {
  columns: [],
  rows: "all",
  since: "",
  againstId: null,
  territoryIds: [],
  isPerTerritory: false,
};

type Format = Pick<ExportFormat, "options" | "columns" | "needs_units" | "filename">;
type Plan = Pick<
  Alignment,
  "basis" | "n_territories" | "state" | "parent_id" | "team_id" | "published_at"
>;
type Option = Format["options"][number];

export const takes = ({ options }: Pick<Format, "options">, option: Option) =>
  options.includes(option);

/** A format that always compares, instead of leaving out what is the same. */
export const alwaysCompares = (format: Pick<Format, "options">) =>
  takes(format, "against") && !takes(format, "changed_since");

export function queryOf(chosen: Chosen, format: Format): ExportQuery {
  const { rows, againstId } = chosen;
  const isAgainst = rows === "against" || alwaysCompares(format);
  const query: ExportQuery = {
    columns: chosen.columns.join(","),
    changed_since: rows === "since" ? chosen.since : "",
    against: isAgainst && againstId !== null ? String(againstId) : "",
    territory: chosen.territoryIds.join(","),
    sheets: chosen.isPerTerritory ? "territory" : "",
  };
  return Object.fromEntries(
    Object.entries(query).filter(([option, value]) => value && takes(format, option as Option)),
  );
}

/** What was chosen, in a line; empty where everything goes out. */
export function chosenWords(
  chosen: Chosen,
  format: Format,
  alignments: readonly Pick<Alignment, "id" | "name">[],
): string {
  const query = queryOf(chosen, format);
  const against = alignments.find(({ id }) => String(id) === query.against);
  const words = [
    query.columns && countWords(chosen.columns.length, "column"),
    query.changed_since && `changed since ${formatDate(query.changed_since)}`,
    against && `${alwaysCompares(format) ? "follows" : "differs from"} “${against.name}”`,
    query.territory && countWords(chosen.territoryIds.length, "territory", "territories"),
    query.sheets && "a sheet per territory",
  ];
  return words.filter(Boolean).join(" · ");
}

/** Why there is no such file yet; null where it can be downloaded. */
export function missingWords(
  chosen: Chosen,
  format: Format,
  alignment: Plan,
  alignments: readonly Plan[],
): string | null {
  if (format.needs_units && alignment.basis !== "units") {
    return "Only for alignments made of units; this one is drawn.";
  }
  if (alwaysCompares(format) && chosen.againstId === null) {
    return hasPredecessor(alignment, alignments)
      ? null
      : "Choose under Options which alignment it follows.";
  }
  if (chosen.rows === "since" && takes(format, "changed_since") && !chosen.since) {
    return "Choose the day under Options.";
  }
  if (chosen.rows === "against" && takes(format, "against") && chosen.againstId === null) {
    return "Choose under Options which alignment to compare with.";
  }
  const n_sheets = chosen.territoryIds.length || alignment.n_territories;
  if (chosen.isPerTerritory && n_sheets > SHEETS_MAX) {
    return `A workbook has at most ${SHEETS_MAX} sheets: choose some of the ${formatCount(n_sheets)} territories.`;
  }
  return null;
}

/** Whether the server knows by itself what the alignment follows. */
function hasPredecessor(alignment: Plan, alignments: readonly Plan[]): boolean {
  const ofTeam = alignments.filter(({ team_id }) => team_id === alignment.team_id);
  const { published_at } = alignment;
  if (published_at === null) return ofTeam.some(({ state }) => state === "live");
  const isEarlier = (other: Plan) =>
    other.published_at !== null && Date.parse(other.published_at) < Date.parse(published_at);
  return alignment.parent_id !== null || ofTeam.some(isEarlier);
}

function countWords(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
