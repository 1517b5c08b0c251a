import { expect, it } from "vitest";
import type { ImportResult } from "@/api/types";
import { accountForRows, nGoodRows } from "./accounting";

const RESULT: ImportResult = {
  n_rows: 100,
  n_created: 60,
  n_updated: 20,
  n_unchanged: 10,
  mode: "upsert",
  n_left_alone: 0,
  left_alone: [],
  n_gone: 0,
  n_skipped: 4,
  n_bad: 6,
  problems: [],
  n_unplotted: 3,
  seconds: 1.5,
};

it("every row is in one group", () => {
  expect(accountForRows(RESULT).nUnexplained).toBe(0);
});

it("a row that no group explains is counted, not hidden", () => {
  expect(accountForRows({ ...RESULT, n_created: 58 }).nUnexplained).toBe(2);
});

it("good rows are those neither blank nor with a problem, whatever was written", () => {
  expect(nGoodRows({ ...RESULT, n_created: 0, n_updated: 0, n_unchanged: 0 })).toBe(90);
});

it("shows rows that were left alone where a mode does that", () => {
  const keys = (result: ImportResult) => accountForRows(result).groups.map(({ key }) => key);
  expect(keys(RESULT)).not.toContain("left_alone");
  expect(keys({ ...RESULT, mode: "add" })).toContain("left_alone");
});
