import { describe, expect, it } from "vitest";
import type { Bbox } from "@/api/types";
import {
  countWords,
  expectedHexagons,
  fitOf,
  HEXAGON_SIZES,
  hexagonWidth_km,
  sizeWords,
} from "./hexagonSizes";

const GEORGIA: Bbox = [-85.6, 30.3, -80.8, 35.1];
const size = (resolution: number) => {
  const found = HEXAGON_SIZES.find((item) => item.resolution === resolution);
  if (!found) throw new Error(`no resolution ${resolution}`);
  return found;
};

it("all hexagons of a resolution cover the globe", () => {
  // H3 has 2 + 120 · 7^r cells.
  for (const item of HEXAGON_SIZES) {
    const n = expectedHexagons([-180, -90, 180, 90], item);
    expect(n / (2 + 120 * 7 ** item.resolution)).toBeCloseTo(1, 3);
  }
});

it("a hexagon's width gives its area back", () => {
  expect((Math.sqrt(3) / 2) * hexagonWidth_km(252.9) ** 2).toBeCloseTo(252.9);
});

it("a size is told in area, width and something known", () => {
  expect(sizeWords(size(5))).toBe("about 253 km² each, 17 km across: a large city");
  expect(sizeWords(size(3))).toContain("about 12,400 km² each, 120 km across");
  expect(sizeWords(size(7))).toBe("about 5.2 km² each, 2.4 km across: a part of town");
});

describe("the number of hexagons", () => {
  it.each([
    [0.2, "the area is smaller than one hexagon"],
    [1.2, "about 1 hexagon in this area"],
    [934, "about 930 hexagons in this area"],
    [45_678, "about 46,000 hexagons in this area"],
  ])("%s reads as “%s”", (n, words) => {
    expect(countWords(n)).toBe(words);
  });

  it.each([
    [0.4, "too_few"],
    [15_999, "fits"],
    [16_001, "close"],
    [24_000, "close"],
    [24_001, "too_many"],
  ])("of %s is judged %s", (n, fit) => {
    expect(fitOf(n)).toBe(fit);
  });

  it("grows sevenfold with each resolution", () => {
    const ratio = expectedHexagons(GEORGIA, size(6)) / expectedHexagons(GEORGIA, size(5));
    expect(ratio).toBeCloseTo(7, 1);
  });
});
