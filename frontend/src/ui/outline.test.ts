import type { Polygon } from "geojson";
import { describe, expect, it } from "vitest";
import { areaPath, boxOf, fitInto } from "./outline";

const square: Polygon = {
  type: "Polygon",
  coordinates: [
    [
      [0, 0],
      [10, 0],
      [10, 10],
      [0, 10],
      [0, 0],
    ],
  ],
};

describe("small drawings of areas", () => {
  it("keep north up and the middle in the middle", () => {
    const project = fitInto([0, -10, 20, 10], 100, 100, 0);
    expect(project([10, 0])[0]).toBeCloseTo(50);
    expect(project([10, 0])[1]).toBeCloseTo(50);
    expect(project([10, 10])[1]).toBeLessThan(project([10, -10])[1]);
  });

  it("fill the longer side and centre the shorter one", () => {
    const project = fitInto([0, 0, 20, 1e-9], 100, 50, 0);
    expect(project([0, 0])[0]).toBeCloseTo(0);
    expect(project([20, 0])[0]).toBeCloseTo(100);
    expect(project([20, 0])[1]).toBeCloseTo(25);
  });

  it("close their rings and leave out corners nobody can tell apart", () => {
    const project = fitInto([0, 0, 10, 10], 100, 100, 0);
    const near: Polygon = {
      type: "Polygon",
      coordinates: [[[0, 0], [0.0001, 0], ...(square.coordinates[0]?.slice(1) ?? [])]],
    };
    expect(areaPath(near, project)).toBe(areaPath(square, project));
    expect(areaPath(square, project)).toMatch(/^M.+Z$/);
  });

  it("draw nothing for points, and have no box without areas", () => {
    const project = fitInto([0, 0, 1, 1], 10, 10);
    expect(areaPath({ type: "Point", coordinates: [0, 0] }, project)).toBe("");
    expect(boxOf([{ type: "Point", coordinates: [0, 0] }])).toBeNull();
  });

  it("know the box of several areas", () => {
    const other: Polygon = {
      ...square,
      coordinates: [
        [
          [20, -5],
          [21, -5],
          [21, 0],
          [20, -5],
        ],
      ],
    };
    expect(boxOf([square, other])).toEqual([0, -5, 21, 10]);
  });
});
