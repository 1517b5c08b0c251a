import { describe, expect, it } from "vitest";
import { readBounds, sideTexts } from "./bounds";

const GEORGIA = { west: "-85.6", south: "30.3", east: "-80.8", north: "35.1" };

describe("a typed rectangle", () => {
  it("is read side by side", () => {
    expect(readBounds(GEORGIA)).toEqual({ bounds: [-85.6, 30.3, -80.8, 35.1], problems: {} });
  });

  it("may be typed with a comma, a true minus sign and blanks", () => {
    const { bounds } = readBounds({ west: " −85,6 ", south: "30,3", east: "-80.8", north: "35.1" });
    expect(bounds).toEqual([-85.6, 30.3, -80.8, 35.1]);
  });

  it("comes back from its texts unchanged", () => {
    expect(readBounds(sideTexts([-180, -90, 0, 90])).bounds).toEqual([-180, -90, 0, 90]);
  });

  it.each([
    ["an empty side", { west: "" }, { west: "Enter the west edge in degrees." }],
    ["a word", { south: "30 N" }, { south: "Enter degrees as a number, such as -85.6." }],
    ["two numbers", { south: "30.3, 31" }, { south: "Enter degrees as a number, such as -85.6." }],
    ["a longitude beyond the globe", { west: "-181" }, { west: "Must be from −180 to 180." }],
    ["a latitude beyond the pole", { north: "90.1" }, { north: "Must be from −90 to 90." }],
    ["sides swapped", { west: "-80.8" }, { east: "Must be larger than the west edge." }],
    ["no height", { north: "30.3" }, { north: "Must be larger than the south edge." }],
    [
      "more than half the globe",
      { west: "-120", east: "61" },
      { east: "Must be at most 180 degrees from the west edge." },
    ],
  ])("with %s is refused at that side", (_, changed, problems) => {
    expect(readBounds({ ...GEORGIA, ...changed })).toEqual({ bounds: null, problems });
  });
});
