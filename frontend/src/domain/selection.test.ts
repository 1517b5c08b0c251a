import { describe, expect, it } from "vitest";
import { choose, NOTHING_CHOSEN, only, type Selection, stillThere } from "./selection";

const ORDER = [1, 2, 3, 4, 5];
const chosenBy = (...steps: [id: number, choice: "only" | "toggle" | "range"][]): Selection =>
  steps.reduce((chosen, [id, how]) => choose(chosen, id, how, ORDER), NOTHING_CHOSEN);

describe("choosing territories", () => {
  it("keeps the order in which they were chosen", () => {
    expect(chosenBy([4, "only"], [2, "toggle"], [5, "toggle"]).ids).toEqual([4, 2, 5]);
  });

  it("takes one out again and shows the latest of the others", () => {
    const chosen = chosenBy([4, "only"], [2, "toggle"], [2, "toggle"]);
    expect(chosen.ids).toEqual([4]);
    expect(chosen.current).toBe(4);
  });

  it("takes all rows between, whichever end came first", () => {
    expect(chosenBy([2, "only"], [4, "range"]).ids).toEqual([2, 3, 4]);
    expect(chosenBy([4, "only"], [2, "range"]).ids).toEqual([4, 3, 2]);
  });

  it("makes a range longer or shorter from where it began", () => {
    expect(chosenBy([2, "only"], [5, "range"], [3, "range"]).ids).toEqual([2, 3]);
    expect(chosenBy([3, "only"], [5, "range"], [1, "range"]).ids).toEqual([3, 2, 1]);
  });

  it("chooses one alone where no range has begun", () => {
    expect(chosenBy([3, "range"])).toEqual(only(3));
  });

  it("begins a range at the one chosen last", () => {
    expect(chosenBy([1, "only"], [3, "toggle"], [5, "range"]).ids).toEqual([3, 4, 5]);
  });
});

describe("a selection whose territories go", () => {
  it("keeps those that are there", () => {
    const chosen = stillThere(chosenBy([1, "only"], [3, "toggle"]), new Set([1, 2]));
    expect(chosen).toEqual({ ids: [1], anchor: 1, current: 1 });
  });

  it("is the same one while all are there", () => {
    const chosen = chosenBy([1, "only"], [3, "toggle"]);
    expect(stillThere(chosen, new Set(ORDER))).toBe(chosen);
  });
});
