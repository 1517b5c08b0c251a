import { describe, expect, it } from "vitest";
import type { Alignment } from "@/api/types";
import { alignmentChoices, startAlignment } from "./alignmentChoices";

const alignment = (id: number, state: Alignment["state"]) =>
  ({ id, state, name: `Plan ${id}`, team_name: "Field" }) as Alignment;

describe("choosing what to export", () => {
  it("starts with the plan in force, wherever it stands in the list", () => {
    const plans = [alignment(1, "draft"), alignment(2, "archived"), alignment(3, "live")];
    expect(startAlignment(plans)?.id).toBe(3);
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
