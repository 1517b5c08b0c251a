/** All territories with all figures: what a table shows of them, sums, sorts and hands to a spreadsheet. */

import { fromMinor } from "./format";
import { BALANCE_METRICS } from "./territoryView";

interface TableMetric {
  key: string;
  label: string;
  unit: string;
}

export interface TableRow {
  territory: { id: number; name: string; region: string; rep: { name: string } | null };
  /** Null until it is measured. */
  score: {
    values: Record<string, number>;
    targets: Record<string, number | null>;
    deviations: Record<string, number | null>;
    workload_h: number;
    capacity_h: number | null;
    area_km2: number | null;
    accounts_per_1000_km2: number | null;
    polsby_popper: number | null;
    n_pieces: number | null;
  } | null;
  /** Deviations of the trend's metric after each of the latest edits, oldest first. */
  trend?: readonly number[] | null;
}

type Kind = "text" | "trend" | "count" | "money" | "hours" | "share" | "deviation" | "number";
export type Cell = string | number | null;

export interface TableColumn {
  key: string;
  label: string;
  kind: Kind;
  /** What stands behind the label in a spreadsheet, where a number has no unit of its own. */
  unit: string;
  /** The metric whose band a deviation is judged by. */
  metric?: string;
  of: (row: TableRow) => Cell;
  /** For all rows together; null where that means nothing. */
  total: (rows: readonly TableRow[]) => number | null;
}

export interface TableOrder {
  column: string;
  isDescending: boolean;
}

export const NAME_COLUMN = "name";
export const TREND_METRIC = "revenue";
export const FIRST_COLUMNS: readonly string[] = [
  "rep",
  ...BALANCE_METRICS.flatMap((key) => [`${key}:value`, `${key}:deviation`]),
  "capacity_used",
  "trend",
];

const nothing = () => null;
const ratio = (part: number | null, whole: number | null) =>
  part === null || !whole ? null : part / whole;

function summed(of: (row: TableRow) => Cell) {
  return (rows: readonly TableRow[]): number | null => {
    const known = rows.map(of).filter((value) => typeof value === "number");
    return known.length === 0 ? null : known.reduce((carry, value) => carry + value, 0);
  };
}

/** Every column there is; the first holds the names. */
export function tableColumns(metrics: readonly TableMetric[], currency: string): TableColumn[] {
  const text = (key: string, label: string, of: TableColumn["of"]): TableColumn => {
    return { key, label, kind: "text", unit: "", of, total: nothing };
  };
  const figure = (key: string, label: string, kind: Kind, unit: string, of: TableColumn["of"]) => {
    return { key, label, kind, unit, of, total: summed(of) };
  };
  const capacity_h = (row: TableRow) => row.score?.capacity_h ?? null;
  const workload_h = (row: TableRow) => row.score?.workload_h ?? null;
  const area_km2 = (row: TableRow) => row.score?.area_km2 ?? null;
  const accounts = (row: TableRow) => row.score?.values.accounts ?? null;
  return [
    text(NAME_COLUMN, "Territory", ({ territory }) => territory.name),
    text("rep", "Rep", ({ territory }) => territory.rep?.name ?? null),
    text("region", "Region", ({ territory }) => territory.region || null),
    ...metrics.flatMap((metric) => metricColumns(metric, currency)),
    ...metrics.filter(({ key }) => key === TREND_METRIC).map(trendColumn),
    figure("capacity", "Capacity", "hours", "h/year", capacity_h),
    {
      ...figure("capacity_used", "Capacity used", "share", "", (row) =>
        ratio(workload_h(row), capacity_h(row)),
      ),
      total: (rows) => ratio(summed(workload_h)(rows), summed(capacity_h)(rows)),
    },
    figure("area", "Area", "count", "km²", area_km2),
    {
      ...figure("density", "Accounts per 1,000 km²", "number", "", (row) => {
        return row.score?.accounts_per_1000_km2 ?? null;
      }),
      total: (rows) => {
        const density = ratio(summed(accounts)(rows), summed(area_km2)(rows));
        return density === null ? null : density * 1000;
      },
    },
    {
      ...figure("compactness", "Compactness", "number", "Polsby–Popper", (row) => {
        return row.score?.polsby_popper ?? null;
      }),
      total: nothing,
    },
    figure("pieces", "Pieces", "count", "", (row) => row.score?.n_pieces ?? null),
  ];
}

/** By how much the deviation has changed over the latest edits; drawn as a line on the screen. */
function trendColumn({ label }: TableMetric): TableColumn {
  return {
    key: "trend",
    label: `${label}, trend`,
    kind: "trend",
    unit: "change of deviation over the latest edits",
    of: ({ trend }) => (trend ? (trend.at(-1) ?? 0) - (trend[0] ?? 0) : null),
    total: nothing,
  };
}

function metricColumns({ key, label, unit }: TableMetric, currency: string): TableColumn[] {
  const isMoney = unit === "currency";
  const kind: Kind = isMoney ? "money" : unit === "h/year" ? "hours" : "count";
  const shown = isMoney ? currency : unit === "h/year" ? unit : "";
  const value = ({ score }: TableRow) => score?.values[key] ?? null;
  const target = ({ score }: TableRow) => score?.targets[key] ?? null;
  return [
    { key: `${key}:value`, label, kind, unit: shown, of: value, total: summed(value) },
    {
      key: `${key}:target`,
      label: `${label}, target`,
      kind,
      unit: shown,
      of: target,
      total: summed(target),
    },
    {
      key: `${key}:deviation`,
      label: `${label}, deviation`,
      kind: "deviation",
      unit: "",
      metric: key,
      of: ({ score }) => score?.deviations[key] ?? null,
      total: (rows) => {
        const wanted = summed(target)(rows);
        const reached = summed(value)(rows);
        return wanted && reached !== null ? (reached - wanted) / wanted : null;
      },
    },
  ];
}

/** The columns of these keys in their usual order, behind the names. */
export function chosenColumns(
  columns: readonly TableColumn[],
  keys: readonly string[],
): TableColumn[] {
  return columns.filter(({ key }) => key === NAME_COLUMN || keys.includes(key));
}

/** What is not known comes last, whichever way the rest is sorted. */
export function sortedRows(
  rows: readonly TableRow[],
  columns: readonly TableColumn[],
  { column, isDescending }: TableOrder,
): TableRow[] {
  const of = columns.find(({ key }) => key === column)?.of ?? (({ territory }) => territory.name);
  const way = isDescending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [first, second] = [of(a), of(b)];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    const byCell =
      typeof first === "number" && typeof second === "number"
        ? first - second
        : String(first).localeCompare(String(second));
    return way * byCell || a.territory.name.localeCompare(b.territory.name);
  });
}

/** For a spreadsheet: columns divided by tabs, numbers plain and in whole units, shares and deviations as fractions. */
export function tabSeparated(
  columns: readonly TableColumn[],
  rows: readonly TableRow[],
  currency: string,
): string {
  const head = columns.map(({ label, unit }) => (unit ? `${label} (${unit})` : label));
  const lines = rows.map((row) => columns.map((column) => plainCell(column, row, currency)));
  return [head, ...lines].map((cells) => cells.join("\t")).join("\n");
}

function plainCell({ kind, of }: TableColumn, row: TableRow, currency: string): string {
  const cell = of(row);
  if (cell === null) return "";
  if (typeof cell === "string") return harmless(cell);
  return String(Number((kind === "money" ? fromMinor(cell, currency) : cell).toPrecision(12)));
}

/** One cell, and never a formula: a spreadsheet would carry it out. */
function harmless(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return /^[=+\-@]/.test(line) ? `'${line}` : line;
}
