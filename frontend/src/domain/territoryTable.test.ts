import { describe, expect, it } from "vitest";
import {
  chosenColumns,
  FIRST_COLUMNS,
  sortedRows,
  type TableRow,
  tableColumns,
  tabSeparated,
} from "./territoryTable";

const METRICS = [
  { key: "accounts", label: "Accounts", unit: "count" },
  { key: "revenue", label: "Revenue", unit: "currency" },
  { key: "workload", label: "Workload", unit: "h/year" },
];
const COLUMNS = tableColumns(METRICS, "USD");
const column = (key: string) => {
  const found = COLUMNS.find((one) => one.key === key);
  if (!found) throw new Error(`no column ${key}`);
  return found;
};

function row(
  id: number,
  name: string,
  accounts: number,
  revenue_minor: number,
  rep = "",
): TableRow {
  return {
    territory: { id, name, region: "", rep: rep ? { name: rep } : null },
    score: {
      values: { accounts, revenue: revenue_minor },
      targets: { accounts: 100, revenue: null },
      deviations: { accounts: (accounts - 100) / 100, revenue: null },
      workload_h: accounts,
      capacity_h: 200,
      area_km2: 1000,
      accounts_per_1000_km2: accounts,
      polsby_popper: 0.5,
      n_pieces: 1,
    },
  };
}

const ROWS = [
  row(1, "Macon", 80, 1_234_567, "Dana"),
  row(2, "Athens", 140, 300),
  row(3, "Rome", 80, 0),
];
const names = (rows: readonly TableRow[]) => rows.map(({ territory }) => territory.name);

describe("totals", () => {
  it("are sums, and deviations of sums from summed targets", () => {
    expect(column("accounts:value").total(ROWS)).toBe(300);
    expect(column("accounts:deviation").total(ROWS)).toBe(0);
    expect(column("capacity_used").total(ROWS)).toBe(0.5);
    expect(column("density").total(ROWS)).toBe(100);
  });

  it("say nothing where nothing is known or a sum has no meaning", () => {
    expect(column("revenue:deviation").total(ROWS)).toBeNull();
    expect(column("compactness").total(ROWS)).toBeNull();
    expect(column("accounts:value").total([{ ...row(4, "New", 0, 0), score: null }])).toBeNull();
  });
});

describe("sorting", () => {
  it("goes by the column, then by name, and what is not known comes last either way", () => {
    const by = (key: string, isDescending: boolean) =>
      names(sortedRows(ROWS, COLUMNS, { column: key, isDescending }));
    expect(by("accounts:value", true)).toEqual(["Athens", "Macon", "Rome"]);
    expect(by("rep", false)).toEqual(["Macon", "Athens", "Rome"]);
    expect(by("rep", true)).toEqual(["Macon", "Athens", "Rome"]);
    expect(by("a column of an earlier version", false)).toEqual(["Athens", "Macon", "Rome"]);
  });
});

describe("columns", () => {
  it("stand in their usual order behind the names, and unknown ones are left out", () => {
    const keys = chosenColumns(COLUMNS, ["area", "gone", "rep"]).map(({ key }) => key);
    expect(keys).toEqual(["name", "rep", "area"]);
  });

  it("are all there at first", () => {
    const known = tableColumns(
      [...METRICS, { key: "potential", label: "P", unit: "currency" }],
      "USD",
    );
    const keys = known.map(({ key }) => key);
    expect(FIRST_COLUMNS.filter((key) => !keys.includes(key))).toEqual([]);
  });
});

describe("tabSeparated", () => {
  const text = (rows: readonly TableRow[], ...keys: string[]) =>
    tabSeparated(chosenColumns(COLUMNS, keys), rows, "USD");

  it("gives plain numbers in whole units, whatever the locale", () => {
    expect(text(ROWS.slice(0, 1), "rep", "revenue:value", "accounts:deviation")).toBe(
      "Territory\tRep\tAccounts, deviation\tRevenue (USD)\nMacon\tDana\t-0.2\t12345.67",
    );
  });

  it("leaves empty what is not known", () => {
    expect(text(ROWS.slice(1, 2), "rep", "revenue:target")).toBe(
      "Territory\tRep\tRevenue, target (USD)\nAthens\t\t",
    );
  });

  it("keeps a name in its cell, and from being taken for a formula", () => {
    expect(text([row(4, "=HYPERLINK(1)\tA\nB", 1, 1)])).toBe("Territory\n'=HYPERLINK(1) A B");
  });
});
