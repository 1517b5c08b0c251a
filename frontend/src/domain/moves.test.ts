import { describe, expect, it } from "vitest";
import { movedUnits } from "./moves";
import { unitColumns } from "./units";

const units = unitColumns({
  fields: ["id", "name", "lon", "lat"],
  units: [
    [1, "A", -84, 33],
    [2, "B", -83, 33],
    [3, "C", -82, 33],
  ],
});
const before = {
  owners: new Map([
    [1, 10],
    [2, 10],
  ]),
  territories: [
    { id: 10, code: "T001", colour: "#111111" },
    { id: 11, code: "T002", colour: "#222222" },
  ],
};
const copies = [
  { id: 20, code: "T001", colour: "#111111" },
  { id: 21, code: "T002", colour: "#222222" },
];

describe("moves of a scenario", () => {
  it("are none in a fresh copy, whose territories have other ids", () => {
    const owners = new Map([
      [1, 20],
      [2, 20],
    ]);
    expect(movedUnits(units, before, { owners, territories: copies }, "#999999")).toEqual([]);
  });

  it("carry the colour of who had the unit before", () => {
    const owners = new Map([
      [1, 20],
      [2, 21],
      [3, 21],
    ]);
    expect(movedUnits(units, before, { owners, territories: copies }, "#999999")).toEqual([
      { lon: -83, lat: 33, colour: "#111111" },
      { lon: -82, lat: 33, colour: "#999999" },
    ]);
  });
});
