import { describe, expect, it } from "vitest";
import type { Alignment } from "@/api/types";
import { alignmentChoices, startAlignment } from "./alignmentChoices";

const alignment = (id: number, state: Alignment["state"], n_territories = 1) =>
  ({ id, state, n_territories, name: `Plan ${id}`, team_name: "Field" }) as Alignment;

describe("choosing an alignment", () => {
  it("starts with the plan in force, wherever it stands in the list", () => {
    const plans = [alignment(1, "draft"), alignment(2, "archived"), alignment(3, "live")];
    expect(startAlignment(plans)?.id).toBe(3);
  });

  it("prefers the largest of several in force", () => {
    const plans = [alignment(1, "live", 6), alignment(2, "live", 24), alignment(3, "draft", 99)];
    expect(startAlignment(plans)?.id).toBe(2);
  });

  it("has nothing to start with before the first alignment", () => {
    expect(startAlignment([])).toBeUndefined();
  });

  it("groups by state without empty groups", () => {
    const groups = alignmentChoices([alignment(1, "draft"), alignment(3, "live")]);
    expect(groups).toEqual([
      { group: "In force", items: [{ value: "3", label: "Plan 3 · Field" }] },
      { group: "Drafts", items: [{ value: "1", label: "Plan 1 · Field" }] },
    ]);
  });
});
