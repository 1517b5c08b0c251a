import { expect, it } from "vitest";
import type { Place } from "@/domain/corners";
import { worldX, worldY } from "../mercator";
import { onBorders } from "./onBorders";

const EDGE: Place[] = [
  [-84, 32],
  [-82, 36],
  [-84, 36],
  [-84, 32],
];

/** Where a screen draws the middle of the edge: half way in Mercator. */
function middleOnScreen(): Place {
  const y = (worldY(32) + worldY(36)) / 2;
  const lat = (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
  return [-83, lat];
}

it("puts what was snapped on the screen onto the straight edge in degrees", () => {
  const snapped = middleOnScreen();
  expect(Math.abs(snapped[1] - 34)).toBeGreaterThan(0.01);
  const [lon, lat] = onBorders(snapped, [[EDGE]], 10);
  expect((lat - 32) / 4).toBeCloseTo((lon + 84) / 2, 9);
  expect(worldX(lon)).toBeCloseTo(worldX(-83), 4);
});

it("takes the corner where the place is next to one", () => {
  expect(onBorders([-82.0001, 36.0001], [[EDGE]], 10)).toEqual([-82, 36]);
});

it("leaves a place away from all borders where it is", () => {
  expect(onBorders([-83.5, 33], [[EDGE]], 10)).toEqual([-83.5, 33]);
});
