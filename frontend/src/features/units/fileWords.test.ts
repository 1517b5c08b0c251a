import { describe, expect, it } from "vitest";
import type { BoundaryFile } from "@/api/types";
import { foundWords, nameOfFile, problemWords, repairWords } from "./fileWords";

const FOUND: BoundaryFile["found"] = {
  kind: "shapefile",
  layers: [{ name: "senate", n_features: 40 }],
  layer: "senate",
  crs: "EPSG:26986",
  encoding: "windows-1252",
  needs_projection: false,
  n_features: 40,
  n_areas: 39,
  bounds: [-73, 41, -70, 43],
  attributes: [],
  code_attribute: null,
  name_attribute: null,
  choices: { is_longitude_latitude: false, repair: false },
  n_problems: 1,
  n_repairable: 1,
  problems: [],
  n_repairs: 0,
  repairs: [],
};

describe("what was found", () => {
  it("counts the areas, and names projection and code page", () => {
    expect(foundWords(FOUND)).toBe(
      "Shapefile: 39 of 40 features can be units, in EPSG:26986, text in windows-1252.",
    );
  });

  it("promises no units before the projection is known", () => {
    expect(foundWords({ ...FOUND, needs_projection: true, crs: null, encoding: null })).toBe(
      "Shapefile: 40 features.",
    );
  });
});

it("a problem says where the geometry goes wrong, if it is known", () => {
  const problem = { feature: 7, problem: "crosses itself", can_be_repaired: true };
  expect(problemWords({ ...problem, lon: null, lat: null })).toBe("Feature 7 crosses itself.");
  expect(problemWords({ ...problem, lon: -71.39, lat: 42.36 })).toMatch(/^Feature 7 .* near .+71/);
});

it("a repair shows the area before and after", () => {
  expect(repairWords({ feature: 2, before_m2: 5e6, after_m2: 4e6 })).toMatch(/5.*before, 4.*after/);
});

it("a layer is named after its file", () => {
  expect(nameOfFile("sales.regions.geojson")).toBe("sales.regions");
});
