import { describe, expect, it } from "vitest";
import type { SheetPlan } from "@/api/types";
import { moveWords, newWords, problemWords, readWords, refusalWords } from "./unitSheetWords";

const plan = (fields: Partial<SheetPlan>) =>
  ({
    n_rows: 3,
    n_units: 3,
    n_moved: 2,
    n_cleared: 0,
    n_accounts: 5,
    sheet: null,
    encoding: "utf-8",
    delimiter: ";",
    new_territories: [],
    n_new_territories: 0,
    ...fields,
  }) as SheetPlan;

describe("a sheet of unit assignments in words", () => {
  it("says how it was read", () => {
    expect(readWords(plan({}))).toBe("3 rows read: separated by semicolons, utf-8.");
    expect(readWords(plan({ n_rows: 1, sheet: "Map" }))).toBe("1 row read: sheet “Map”.");
  });

  it("says what would change hands, and what nothing", () => {
    expect(moveWords(plan({}))[1]).toBe("2 units with 5 accounts would change hands.");
    expect(moveWords(plan({ n_cleared: 1, n_accounts: 0 }))[1]).toBe(
      "2 units would change hands; 1 to nobody.",
    );
    expect(moveWords(plan({ n_moved: 0 }))[1]).toContain("Nothing would change");
  });

  it("names a problem by its line and value", () => {
    expect(problemWords({ line: 1204, value: "9", problem: "is no unit", column: null })).toBe(
      "Line 1,204: “9” is no unit.",
    );
    expect(problemWords({ line: 2, value: null, problem: "is broken", column: null })).toBe(
      "Line 2: is broken.",
    );
  });

  it("speaks of the file by its name", () => {
    expect(refusalWords("map.csv", ["file: is empty.", "sheet: is none."])).toEqual([
      "map.csv is empty.",
      "sheet: is none.",
    ]);
  });

  it("names the first new territories and counts the others", () => {
    const territory = (name: string) => ({ code: name, name, n_units: 2 });
    const several = plan({ new_territories: ["A", "B", "C"].map(territory), n_new_territories: 9 });
    expect(newWords(several, 2)).toBe("A (2), B (2), 7 more");
  });
});
