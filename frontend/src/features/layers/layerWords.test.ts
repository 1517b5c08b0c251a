import { describe, expect, it } from "vitest";
import { LAYER_NAMES } from "@/map/look";
import { movedLayer, whyEmpty } from "./layerWords";

describe("the order of layers", () => {
  it("changes by one step and keeps every layer", () => {
    const moved = movedLayer(["labels", "accounts", "heat"], "heat", -1);
    expect(moved).toEqual(["labels", "heat", "accounts"]);
    expect(movedLayer(moved, "labels", 1)).toEqual(["heat", "labels", "accounts"]);
  });

  it("has a front and a ground", () => {
    expect(movedLayer(LAYER_NAMES, "labels", -1)).toEqual(LAYER_NAMES);
    expect(movedLayer(LAYER_NAMES, "territories", 1)).toEqual(LAYER_NAMES);
  });
});

describe("an empty layer", () => {
  it("says why", () => {
    const facts = { hasUnits: true, hasBarriers: true, n_moves: 0 };
    expect(whyEmpty("moves", facts)).toBe("Nothing has moved yet.");
    expect(whyEmpty("moves", { ...facts, n_moves: 3 })).toBeNull();
    expect(whyEmpty("labels", facts)).toBeNull();
  });
});
