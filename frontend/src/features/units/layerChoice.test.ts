import { describe, expect, it } from "vitest";
import { type LayerChoice, readChoice, suggestedName } from "./layerChoice";

const COUNTIES: LayerChoice = {
  kind: "counties",
  states: ["GA"],
  isWholeCountry: false,
  resolution: 5,
  sides: { west: "-85.6", south: "30.3", east: "-80.8", north: "35.1" },
  name: null,
};
const HEXAGONS: LayerChoice = { ...COUNTIES, kind: "h3" };

describe("the suggested name", () => {
  it.each([
    [COUNTIES, "Counties of Georgia"],
    [{ ...COUNTIES, states: ["FL", "GA"] }, "Counties of Florida, Georgia"],
    [{ ...COUNTIES, states: ["AL", "FL", "GA", "TN"] }, "Counties of 4 states"],
    [{ ...COUNTIES, isWholeCountry: true }, "Counties of the United States"],
    [HEXAGONS, "Hexagons of 253 km²"],
    [{ ...HEXAGONS, resolution: 7 }, "Hexagons of 5.2 km²"],
  ])("follows the choice", (choice, name) => {
    expect(suggestedName(choice)).toBe(name);
  });
});

describe("what is asked of the server", () => {
  it("counties of the chosen states", () => {
    const { body } = readChoice({ ...COUNTIES, name: " Georgia " });
    expect(body).toEqual({ kind: "counties", name: "Georgia", states: ["GA"] });
  });

  it("the whole country is asked for by naming no state", () => {
    const { body } = readChoice({ ...COUNTIES, isWholeCountry: true });
    expect(body).toEqual({ kind: "counties", name: "Counties of the United States" });
  });

  it("hexagons of a size in a rectangle", () => {
    expect(readChoice(HEXAGONS).body).toEqual({
      kind: "h3",
      name: "Hexagons of 253 km²",
      resolution: 5,
      bbox: [-85.6, 30.3, -80.8, 35.1],
    });
  });
});

describe("what is to be mended first", () => {
  it("no state at all is not taken for the whole country", () => {
    const { body, problems } = readChoice({ ...COUNTIES, states: [] });
    expect(body).toBeNull();
    expect(problems.states).toContain("at least one state");
  });

  it("a name of blanks", () => {
    const { body, problems } = readChoice({ ...COUNTIES, name: "  " });
    expect(body).toBeNull();
    expect(problems.name).toBe("Give the layer a name.");
  });

  it("more hexagons than a layer holds, with the limit and the way out", () => {
    const { body, problems } = readChoice({ ...HEXAGONS, resolution: 7 });
    expect(body).toBeNull();
    expect(problems.resolution).toContain("at most 20,000");
    expect(problems.resolution).toContain("smaller area");
  });

  it("an area that holds no hexagon", () => {
    const sides = { west: "-84.4", south: "33.7", east: "-84.39", north: "33.71" };
    expect(readChoice({ ...HEXAGONS, sides }).problems.resolution).toContain("No hexagon fits");
  });

  it("a side that is no number is told at that side, and the size is not judged", () => {
    const { problems } = readChoice({ ...HEXAGONS, sides: { ...HEXAGONS.sides, west: "x" } });
    expect(Object.keys(problems.sides)).toEqual(["west"]);
    expect(problems.resolution).toBeUndefined();
  });
});
