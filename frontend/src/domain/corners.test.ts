import { describe, expect, it } from "vitest";
import { foldsAt, middleOf, type Place, withCornerMoved } from "./corners";

/**
 * Two squares side by side; the border of the second is drawn the other way round.
 *
 *   (0,1)--(1,1)--(2,1)
 *     |   A  |  B   |
 *   (0,0)--(1,0)--(2,0)
 */
const A: Place[][] = [
  [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
    [0, 0],
  ],
];
const B: Place[][] = [
  [
    [1, 0],
    [1, 1],
    [2, 1],
    [2, 0],
    [1, 0],
  ],
];

describe("a corner that two boundaries share", () => {
  it("moves in both, also where it closes the ring", () => {
    const move = { corner: [1, 0], to: [1.2, 0.1] } as const;
    expect(withCornerMoved(A, move)?.[0]).toEqual([
      [0, 0],
      [1.2, 0.1],
      [1, 1],
      [0, 1],
      [0, 0],
    ]);
    expect(withCornerMoved(B, move)?.[0]).toEqual([
      [1.2, 0.1],
      [1, 1],
      [2, 1],
      [2, 0],
      [1.2, 0.1],
    ]);
  });

  it("is put into the same edge of both", () => {
    const move = { corner: middleOf([1, 0], [1, 1]), to: [0.8, 0.5] } as const;
    expect(withCornerMoved(A, move)?.[0]?.[2]).toEqual([0.8, 0.5]);
    expect(withCornerMoved(B, move)?.[0]?.[1]).toEqual([0.8, 0.5]);
  });

  it("is put into the edge that closes the ring", () => {
    const move = { corner: [1.5, 0], to: [1.5, -0.2] } as const;
    expect(withCornerMoved(B, move)?.[0]).toHaveLength(6);
    expect(withCornerMoved(A, move)).toBeNull();
  });

  it("goes from both when it is taken away", () => {
    const move = { corner: [1, 1], to: null } as const;
    expect(withCornerMoved(A, move)?.[0]).toHaveLength(4);
    expect(withCornerMoved(B, move)?.[0]).toHaveLength(4);
  });

  it("counts as shared within a metre, and not beyond", () => {
    const near = { corner: [1 + 0.5 / 111_320, 1], to: [1.1, 1] } as const;
    const far = { corner: [1 + 3 / 111_320, 1.1], to: [1.1, 1] } as const;
    expect(withCornerMoved(A, near)).not.toBeNull();
    expect(withCornerMoved(A, far)).toBeNull();
  });
});

describe("a corner that is dragged", () => {
  const ring: Place[] = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ];
  const with2 = (place: Place) => ring.map((corner, i) => (i === 2 ? place : corner));

  it("may go anywhere where its edges cross nothing", () => {
    expect(foldsAt(with2([3, 3]), 2)).toBe(false);
    expect(foldsAt(with2([0.2, 0.2]), 2)).toBe(false);
  });

  it("folds the border where they do", () => {
    expect(foldsAt(with2([0.5, -1]), 2)).toBe(true);
    expect(foldsAt(with2([-1, 0.5]), 2)).toBe(true);
  });

  it("folds it over a hole, too", () => {
    const hole: Place[] = [
      [0.7, 0.7],
      [0.8, 0.7],
      [0.8, 0.8],
    ];
    expect(foldsAt(with2([0.75, 0.72]), 2, [hole])).toBe(true);
    expect(foldsAt(with2([0.9, 0.9]), 2, [hole])).toBe(false);
  });
});
