import { describe, expect, it } from "vitest";
import { clusterPoints } from "./clusterPoints";

const at = (id: number, x: number, y: number) => ({ id, x, y, name: `A${id}`, town: "Macon" });

describe("clusters", () => {
  const points = [at(1, 0.1, 0.1), at(2, 0.3, 0.5), at(3, 1.2, 0.1)];

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

  it("join points on both sides of a grid line", () => {
    expect(clusterPoints([at(1, 0.99, 0.5), at(2, 1.01, 0.5)], 1)).toHaveLength(1);
  });

  it("are the same whatever order the points come in", () => {
    expect(clusterPoints([...points].reverse(), 1)).toEqual(clusterPoints(points, 1));
  });

  it("fall apart when the reach gets small enough", () => {
    expect(clusterPoints(points, 0.1)).toHaveLength(3);
  });
});
