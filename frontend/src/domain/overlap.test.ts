import { describe, expect, it } from "vitest";
import { overlaps, type Touched, untouchedPart } from "./overlap";

const touched: Touched = {
  unit_ids: [1, 2],
  account_ids: [7],
  territory_ids: [10],
  holder_ids: [10, 11],
};
const paint = (...unit_ids: number[]) => ({ op: "assign_units", unit_ids, territory_id: 11 });

describe("an edit that others' edits came before", () => {
  it("meets them where they changed the same units, whoever got them", () => {
    expect(overlaps(paint(2, 3), touched)).toBe(true);
    expect(overlaps(paint(3, 4), touched)).toBe(false);
  });

  it("renames a territory although others gave it units", () => {
    expect(overlaps({ op: "update_territory", territory_id: 11 }, touched)).toBe(false);
    expect(overlaps({ op: "update_territory", territory_id: 10 }, touched)).toBe(true);
  });

  it("does not remove or merge what others gave units to without asking", () => {
    expect(overlaps({ op: "remove_territory", territory_id: 11 }, touched)).toBe(true);
    expect(overlaps({ op: "merge_territories", territory_ids: [3], into_id: 11 }, touched)).toBe(
      true,
    );
    expect(overlaps({ op: "remove_territory", territory_id: 12 }, touched)).toBe(false);
  });

  it("keeps its part that nobody else touched", () => {
    expect(untouchedPart(paint(2, 3, 4), touched)).toEqual(paint(3, 4));
    expect(untouchedPart(paint(1, 2), touched)).toBeNull();
    expect(untouchedPart({ op: "set_overrides", account_ids: [7, 8] }, touched)).toEqual({
      op: "set_overrides",
      account_ids: [8],
    });
  });

  it("cannot be divided where it is about a whole territory", () => {
    expect(untouchedPart({ op: "remove_territory", territory_id: 10 }, touched)).toBeNull();
  });

  it("hands territories over although others gave them units", () => {
    const handOver = (...territory_ids: number[]) => ({
      op: "hand_over",
      territory_ids,
      rep_id: 1,
    });
    expect(overlaps(handOver(11), touched)).toBe(false);
    expect(overlaps(handOver(11, 10), touched)).toBe(true);
  });
});
