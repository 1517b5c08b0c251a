import { expect, it } from "vitest";
import type { Conversion } from "@/api/types";
import { conversionWords, gainsAndLosses } from "./conversionWords";

const amounts = (accounts: number, revenue_minor: number) => ({
  accounts,
  revenue_minor,
  workload_h: accounts * 2,
});
const CONVERSION: Conversion = {
  n_units: 9,
  n_unassigned: 3,
  n_divided: 1,
  n_accounts_moved: 1,
  territories: [
    { territory_id: 1, name: "West", before: amounts(3, 700), after: amounts(2, 500) },
    { territory_id: 2, name: "East", before: amounts(2, 100), after: amounts(2, 100) },
    { territory_id: null, name: "", before: amounts(0, 0), after: amounts(1, 200) },
  ],
};

it("says what would be nobody's and what is divided", () => {
  expect(conversionWords(CONVERSION)).toEqual([
    "1 account would change territory.",
    "3 of 9 units would be nobody’s.",
    "1 unit lies in several territories.",
  ]);
  expect(conversionWords({ ...CONVERSION, n_unassigned: 0, n_divided: 0 })).toHaveLength(2);
});

it("lists those who gain or lose, not those who stay as they are", () => {
  expect(gainsAndLosses(CONVERSION)).toEqual([
    { territory_id: 1, name: "West", accounts: -1, revenue_minor: -200, workload_h: -2 },
    { territory_id: null, name: "", accounts: 1, revenue_minor: 200, workload_h: 2 },
  ]);
});
