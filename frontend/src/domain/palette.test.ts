import { describe, expect, it } from "vitest";
import { freeColour, TERRITORY_COLOURS, territoryNeighbours } from "./palette";

describe("freeColour", () => {
  it("differs from every neighbour", () => {
    const colours = new Map(TERRITORY_COLOURS.slice(0, 8).map((colour, i) => [i + 1, colour]));
    const neighbours = new Map([[99, new Set(colours.keys())]]);
    expect([...colours.values()]).not.toContain(freeColour(99, colours, neighbours));
  });

  it("takes a colour nobody has before one that is far away", () => {
    const colours = new Map([[1, TERRITORY_COLOURS[0]]]);
    expect(freeColour(2, colours, new Map())).not.toBe(TERRITORY_COLOURS[0]);
  });
});

describe("territoryNeighbours", () => {
  it("links territories whose units touch, and leaves nobody out", () => {
    const owner = new Map([
      [10, 1],
      [11, 2],
      [12, 0],
    ]);
    const neighbours = territoryNeighbours(
      [
        [10, 11, 0],
        [11, 12, 0],
      ],
      (unit) => owner.get(unit) ?? 0,
    );
    expect(neighbours.get(1)).toEqual(new Set([2]));
    expect(neighbours.get(2)).toEqual(new Set([1]));
    expect(neighbours.has(0)).toBe(false);
  });
});
