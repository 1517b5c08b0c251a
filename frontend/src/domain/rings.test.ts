import { describe, expect, it } from "vitest";
import { isInRing, isInRings, outerRing, type Ring, signedArea2, thinPath } from "./rings";

const square: Ring = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
];

describe("isInRing", () => {
  it("tells inside from outside", () => {
    expect(isInRing(2, 2, square)).toBe(true);
    expect(isInRing(5, 2, square)).toBe(false);
  });

  it("does not count a hole as inside", () => {
    const hole: Ring = [
      [1, 1],
      [3, 1],
      [3, 3],
      [1, 3],
    ];
    expect(isInRings(2, 2, [square, hole])).toBe(false);
    expect(isInRings(0.5, 0.5, [square, hole])).toBe(true);
  });
});

describe("outerRing", () => {
  it("closes the ring and turns it counter-clockwise", () => {
    const ring = outerRing([...square].reverse());
    expect(ring?.[0]).toEqual(ring?.at(-1));
    expect(signedArea2(ring ?? [])).toBeGreaterThan(0);
  });

  it("refuses a line", () => {
    expect(
      outerRing([
        [0, 0],
        [1, 1],
        [2, 2],
      ]),
    ).toBeNull();
  });
});

describe("thinPath", () => {
  it("keeps the first point and drops the crowd around it", () => {
    const path: Ring = [
      [0, 0],
      [1, 0],
      [5, 0],
    ];
    expect(thinPath(path, 3)).toEqual([
      [0, 0],
      [5, 0],
    ]);
  });
});
