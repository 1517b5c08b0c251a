import { describe, expect, it } from "vitest";
import type { WorldPoint } from "./clusterPoints";
import { FreeSpace } from "./FreeSpace";
import { clusterLabel } from "./pinLabels";

const POINTS = new Map<number, WorldPoint>(
  [
    { id: 1, name: "Cherry Street Supply Company", town: "Macon", x: 0, y: 0 },
    { id: 2, name: "Rose Hill", town: "Perry", x: 0, y: 0 },
    { id: 3, name: "Vineville", town: "Perry", x: 0, y: 0 },
    { id: 4, name: "Nowhere", town: "", x: 0, y: 0 },
  ].map((point) => [point.id, point]),
);

describe("a label", () => {
  it("names a cluster after its most frequent town", () => {
    expect(clusterLabel({ ids: [1, 2, 3, 4] }, POINTS, false)).toBe("Perry");
  });

  it("breaks a tie the same way every time", () => {
    expect(clusterLabel({ ids: [2, 1] }, POINTS, false)).toBe("Macon");
  });

  it("names a lone pin only when near, and not at full length", () => {
    expect(clusterLabel({ ids: [1] }, POINTS, false)).toBe("");
    expect(clusterLabel({ ids: [1] }, POINTS, true)).toBe("Cherry Street Supply Co…");
  });

  it("is empty for a cluster without towns", () => {
    expect(clusterLabel({ ids: [4, 4] }, POINTS, false)).toBe("");
  });
});

describe("free space", () => {
  it("is given once", () => {
    const space = new FreeSpace();
    const box = { x: 60, y: 60, width: 20, height: 10 };
    expect(space.take(box)).toBe(true);
    expect(space.take({ ...box, x: 79 })).toBe(false);
    expect(space.take({ ...box, x: 80 })).toBe(true);
  });

  it("under two pins that overlap is not free in either's part", () => {
    const space = new FreeSpace();
    space.block({ x: 0, y: 0, width: 20, height: 20 });
    space.block({ x: 10, y: 0, width: 20, height: 20 });
    expect(space.take({ x: 22, y: 5, width: 5, height: 5 })).toBe(false);
  });

  it("is kept left of and above the window too", () => {
    const space = new FreeSpace();
    expect(space.take({ x: -70, y: -70, width: 10, height: 10 })).toBe(true);
    expect(space.take({ x: -65, y: -65, width: 10, height: 10 })).toBe(false);
  });
});
