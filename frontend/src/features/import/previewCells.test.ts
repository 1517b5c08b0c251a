import { expect, it } from "vitest";
import type { ImportProblem } from "@/api/types";
import { cellText, problemsOfField, problemsOfRow } from "./previewCells";

const MAPPING = { Breite: "lat", Firma: "name" };
const problem = (column: string | null): ImportProblem => ({
  row: 1,
  line: 2,
  column,
  value: "91",
  problem: "is not a latitude",
  bound: "-90 to 90",
});
const row = (...columns: (string | null)[]) => ({
  row: 1,
  values: {},
  problems: columns.map(problem),
});

it("a problem is shown in its cell by the file's column or by the field", () => {
  expect(problemsOfField(row("Breite"), "lat", MAPPING)).toHaveLength(1);
  expect(problemsOfField(row("lat"), "lat", MAPPING)).toHaveLength(1);
  expect(problemsOfField(row("Firma"), "lat", MAPPING)).toHaveLength(0);
});

it("a problem that belongs to no shown cell is shown at the row", () => {
  expect(problemsOfRow(row(null, "lon", "Breite"), MAPPING)).toHaveLength(2);
});

it("no problem is shown nowhere or twice", () => {
  const mixed = row(null, "lon", "Breite", "name");
  const inCells = ["lat", "name"].flatMap((field) => problemsOfField(mixed, field, MAPPING));
  expect(inCells.length + problemsOfRow(mixed, MAPPING).length).toBe(mixed.problems.length);
});

it("an empty value is shown as nothing, zero as zero", () => {
  expect([null, undefined, 0, "00123"].map(cellText)).toEqual(["", "", "0", "00123"]);
});
