import { describe, expect, it } from "vitest";
import { clusterPoints } from "./clusterPoints";

describe("clusters", () => {
  const points = [
    { id: 1, x: 0.1, y: 0.1 },
    { id: 2, x: 0.3, y: 0.5 },
    { id: 3, x: 1.2, y: 0.1 },
  ];

  it("hold every point exactly once", () => {
    const ids = clusterPoints(points, 1).flatMap((cluster) => cluster.ids);
    expect(ids.sort()).toEqual([1, 2, 3]);
  });

  it("stand in the middle of their members and know their extent", () => {
    const [first] = clusterPoints(points, 1);
    expect(first?.x).toBeCloseTo(0.2);
    expect(first?.y).toBeCloseTo(0.3);
    expect([first?.minX, first?.maxX, first?.minY, first?.maxY]).toEqual([0.1, 0.3, 0.1, 0.5]);
  });

  it("fall apart when the cells get small enough", () => {
    expect(clusterPoints(points, 0.1)).toHaveLength(3);
  });
});
