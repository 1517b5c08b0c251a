import { describe, expect, it } from "vitest";
import type { Alignment, ExportFormat } from "@/api/types";
import { type Chosen, chosenWords, EVERYTHING, missingWords, queryOf } from "./exportOptions";

const format = (...options: ExportFormat["options"]) =>
  ({ options, needs_units: false }) as unknown as ExportFormat;
const TABLE = format("against", "changed_since", "columns", "sheets", "territory");
const TRANSITION = format("against");
const plan = (fields: Partial<Alignment> = {}) =>
  ({
    id: 1,
    name: "Plan",
    basis: "units",
    state: "draft",
    team_id: 1,
    parent_id: null,
    published_at: null,
    n_territories: 3,
    ...fields,
  }) as Alignment;
const chosen = (fields: Partial<Chosen>): Chosen => ({ ...EVERYTHING, ...fields });

describe("the options of an export", () => {
  it("asks for everything where nothing was chosen", () => {
    expect(queryOf(EVERYTHING, TABLE)).toEqual({});
    expect(chosenWords(EVERYTHING, TABLE, [])).toBe("");
  });

  it("leaves out what the format does not take", () => {
    const narrowed = chosen({ columns: ["name"], territoryIds: [4, 5], isPerTerritory: true });
    expect(queryOf(narrowed, format("territory"))).toEqual({ territory: "4,5" });
  });

  it("sends the day only while it is what was chosen", () => {
    const since = chosen({ rows: "since", since: "2026-01-31", againstId: 7 });
    expect(queryOf(since, TABLE)).toEqual({ changed_since: "2026-01-31" });
    expect(queryOf({ ...since, rows: "against" }, TABLE)).toEqual({ against: "7" });
  });

  it("says in a line what was chosen", () => {
    const words = chosen({
      columns: ["name"],
      rows: "against",
      againstId: 7,
      territoryIds: [4, 5],
    });
    expect(chosenWords(words, TABLE, [plan({ id: 7, name: "Before" })])).toBe(
      "1 column · differs from “Before” · 2 territories",
    );
  });
});

describe("what is missing before a download", () => {
  it("asks for the day and for the alignment", () => {
    expect(missingWords(chosen({ rows: "since" }), TABLE, plan(), [])).toContain("day");
    expect(missingWords(chosen({ rows: "against" }), TABLE, plan(), [])).toContain("compare");
    expect(missingWords(EVERYTHING, TABLE, plan(), [])).toBeNull();
  });

  it("refuses units of drawn boundaries", () => {
    const units = { ...format("territory"), needs_units: true };
    expect(missingWords(EVERYTHING, units, plan({ basis: "drawn" }), [])).toContain("drawn");
  });

  it("knows what a scenario and the plan in force follow", () => {
    const live = plan({ id: 2, state: "live", published_at: "2026-02-01T00:00:00Z" });
    const before = plan({ id: 3, state: "archived", published_at: "2025-02-01T00:00:00Z" });
    expect(missingWords(EVERYTHING, TRANSITION, plan(), [plan(), live])).toBeNull();
    expect(missingWords(EVERYTHING, TRANSITION, plan(), [plan()])).toContain("follows");
    expect(missingWords(EVERYTHING, TRANSITION, live, [live])).toContain("follows");
    expect(missingWords(EVERYTHING, TRANSITION, live, [live, before])).toBeNull();
  });

  it("counts the sheets of a workbook", () => {
    const sheets = chosen({ isPerTerritory: true });
    expect(missingWords(sheets, TABLE, plan({ n_territories: 401 }), [])).toContain("400 sheets");
    expect(
      missingWords({ ...sheets, territoryIds: [1] }, TABLE, plan({ n_territories: 401 }), []),
    ).toBeNull();
  });
});
