import { describe, expect, it } from "vitest";
import { worldX, worldY } from "./mercator";
import { isInShape, shapeOf } from "./shapes";

const ring = (west: number, south: number, east: number, north: number) => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];

describe("shapes on the map", () => {
  const shape = shapeOf({
    type: "MultiPolygon",
    coordinates: [
      [ring(-85, 32, -83, 34), ring(-84.5, 32.5, -83.5, 33.5)],
      [ring(-80, 30, -79, 31)],
    ],
  });
  const holds = (lon: number, lat: number) =>
    shape !== null && isInShape(shape, worldX(lon), worldY(lat));

  it("hold what lies in any of their parts, but not in a hole", () => {
    expect(holds(-84.8, 32.2)).toBe(true);
    expect(holds(-79.5, 30.5)).toBe(true);
    expect(holds(-84, 33)).toBe(false);
    expect(holds(-82, 31)).toBe(false);
  });

  it("are nothing for geometry without lines or areas", () => {
    expect(shapeOf({ type: "Point", coordinates: [0, 0] })).toBeNull();
    expect(shapeOf(null)).toBeNull();
  });
});
