import { expect, it } from "vitest";
import type { Change } from "@/api/types";
import { effectWords, historyLines } from "./historyLines";

const change = (operation: string, label: string, revision_after: number) =>
  ({ operation, label, revision_after }) as Change;

it("puts the names of a revision beside the change that led to it", () => {
  const lines = historyLines([
    change("name_version", "For the board", 2),
    change("assign_units", "Gave 3 units", 3),
    change("name_version", "Before the review", 2),
    change("add_territory", "Added North", 2),
  ]);
  expect(lines.map(({ change: { label }, names }) => [label, names])).toEqual([
    ["Gave 3 units", []],
    ["Added North", ["Before the review", "For the board"]],
  ]);
});

it("counts what a change touched in words", () => {
  expect(effectWords({ n_units: 12, n_territories: 1, n_overrides: 0 })).toBe(
    "12 units · 1 territory",
  );
  expect(effectWords({ n_units: 0, n_territories: 0, n_overrides: 0 })).toBe("");
});
