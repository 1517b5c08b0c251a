import { describe, expect, it } from "vitest";
import { readAreas } from "./boundaryFile";

const SQUARE = {
  type: "Polygon",
  coordinates: [
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ],
  ],
};
const feature = (properties: object, geometry: object | null = SQUARE) => ({
  type: "Feature",
  properties,
  geometry,
});
const read = (content: unknown) => readAreas(JSON.stringify(content));

describe("a boundary file", () => {
  it("offers every area by its name", () => {
    const features = [
      feature({ id: "7", NAME: "North" }),
      feature({ code: "S-1" }),
      feature({}),
      feature({ name: "A point" }, { type: "Point", coordinates: [0, 0] }),
      feature({ name: "Nothing" }, null),
    ];
    const found = read({ type: "FeatureCollection", features });
    expect("areas" in found && found.areas.map(({ name }) => name)).toEqual([
      "North",
      "S-1",
      "Area 3",
    ]);
  });

  it("may be a single feature or a bare geometry", () => {
    for (const content of [feature({ name: "One" }), SQUARE]) {
      const found = read(content);
      expect("areas" in found && found.areas[0]?.boundary).toEqual(SQUARE);
    }
  });

  it.each([
    ["not json", "cannot be read"],
    ["[]", "no area"],
    ["3", "not GeoJSON"],
    ['{"type":"FeatureCollection","features":[null, 4]}', "no area"],
    ['{"crs":{"properties":{"name":"EPSG:3857"}},"features":[]}', "EPSG:3857"],
  ])("says why there is nothing in %s", (text, why) => {
    const found = readAreas(text);
    expect("problem" in found && found.problem).toContain(why);
  });

  it("takes the two names of WGS 84", () => {
    for (const name of ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"]) {
      const crs = { type: "name", properties: { name } };
      expect("areas" in read({ type: "FeatureCollection", crs, features: [feature({})] })).toBe(
        true,
      );
    }
  });
});
