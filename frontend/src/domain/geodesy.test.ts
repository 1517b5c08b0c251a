import { describe, expect, it } from "vitest";
import { distance_km, pathLength_km, ringArea_km2, scaleBar } from "./geodesy";

const ATLANTA = [-84.388, 33.749] as const;
const SAVANNAH = [-81.091, 32.081] as const;

describe("distance", () => {
  it("from Atlanta to Savannah is about 360 km", () => {
    expect(distance_km(ATLANTA, SAVANNAH)).toBeCloseTo(359.5, 0);
  });

  it("over a degree of latitude is 111.2 km", () => {
    expect(distance_km([10, 0], [10, 1])).toBeCloseTo(111.195, 2);
  });

  it("along a path is the sum of its legs", () => {
    expect(pathLength_km([ATLANTA, SAVANNAH, ATLANTA])).toBeCloseTo(
      2 * distance_km(ATLANTA, SAVANNAH),
      9,
    );
    expect(pathLength_km([ATLANTA])).toBe(0);
  });
});

describe("area", () => {
  it("of one degree by one degree at the equator is 12,364 km²", () => {
    const ring = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ] as const;
    expect(ringArea_km2(ring)).toBeCloseTo(12_364, -1);
    expect(ringArea_km2([...ring].reverse())).toBeCloseTo(ringArea_km2(ring), 6);
    expect(ringArea_km2([...ring, [0, 0]])).toBeCloseTo(ringArea_km2(ring), 6);
  });

  it("needs three corners", () => {
    expect(ringArea_km2([ATLANTA, SAVANNAH])).toBe(0);
  });
});

describe("scale bar", () => {
  it.each([
    [100, 90, 5_000],
    [3.7, 90, 200],
    [0.5, 100, 50],
    [1000, 99, 50_000],
  ])("at %d m a pixel and %d px shows %d m", (metresPerPixel, limit_px, length_m) => {
    const bar = scaleBar(metresPerPixel, limit_px);
    expect(bar.length_m).toBe(length_m);
    expect(bar.width_px).toBeLessThanOrEqual(limit_px);
    expect(bar.width_px * metresPerPixel).toBeCloseTo(length_m, 6);
  });
});
