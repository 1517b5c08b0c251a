import { describe, expect, it } from "vitest";
import { readAreas, readBarriers } from "./boundaryFile";

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

describe("a file of barriers", () => {
  it("offers lines and areas alike, and nothing else", () => {
    const line = {
      type: "LineString",
      coordinates: [
        [0, 0],
        [1, 1],
      ],
    };
    const features = [
      feature({ name: "River" }, line),
      feature({}),
      feature({ name: "A point" }, { type: "Point", coordinates: [0, 0] }),
    ];
    expect(readBarriers(JSON.stringify({ type: "FeatureCollection", features }))).toEqual({
      barriers: [
        { name: "River", geometry: line },
        { name: "Barrier 2", geometry: SQUARE },
      ],
    });
  });

  it("says so when it holds neither", () => {
    const point = { type: "Point", coordinates: [0, 0] };
    expect(readBarriers(JSON.stringify(point))).toEqual({
      problem: "The file holds no line and no area.",
    });
  });
});
