import { describe, expect, it } from "vitest";
import { RAMPS, type RampName, rampColours } from "./ramps";

const NAMES = Object.keys(RAMPS) as RampName[];

describe("ramps", () => {
  it.each(NAMES)("%s gives its own seven steps for seven classes", (name) => {
    expect(rampColours(name, 7, false)).toEqual([...RAMPS[name]]);
  });

  it.each(NAMES)("%s gets darker with every class, so that it also reads without hue", (name) => {
    for (let n = 3; n <= 7; n++) {
      const shades = rampColours(name, n, false).map(luminance);
      for (const [i, shade] of shades.slice(1).entries()) {
        expect(shade).toBeLessThan(shades[i] ?? 0);
      }
    }
  });

  it("turns round on a dark ground", () => {
    expect(rampColours("blues", 5, true)).toEqual(rampColours("blues", 5, false).reverse());
  });
});

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
