import { expect, it } from "vitest";
import { firstMoves, inOrder, NO_MOVES, toggled, without } from "./movesChoice";

it("takes the first moves, one more, and one back", () => {
  const chosen = toggled(toggled(firstMoves(3), 5), 2);
  expect(inOrder(chosen)).toEqual([1, 3, 5]);
});

it("leaves out what no longer fits and keeps the rest", () => {
  expect(inOrder(without(firstMoves(4), [1, 4, 9]))).toEqual([2, 3]);
  expect(inOrder(NO_MOVES)).toEqual([]);
});
