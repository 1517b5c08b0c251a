import { describe, expect, it } from "vitest";
import type { MyTerritory } from "@/api/types";
import { extentOf, extentOfPlaces, territorySummary } from "./territoryFacts";

const territory = (fields: Partial<MyTerritory>, accounts = 100, workload_h = 900) =>
  ({
    name: "Macon",
    capacity_h: 1800,
    bbox: [-84, 32, -83, 33],
    totals: { accounts, workload_h },
    ...fields,
  }) as MyTerritory;

describe("the summary", () => {
  it("says workload as a share of the rep's capacity", () => {
    expect(territorySummary([territory({})])).toBe("100 accounts · workload 50 %");
  });

  it("adds up two territories against one capacity", () => {
    expect(territorySummary([territory({}), territory({}, 1, 900)])).toBe(
      "101 accounts · workload 100 %",
    );
  });

  it("says hours where no capacity is known", () => {
    expect(territorySummary([territory({ capacity_h: null }, 1)])).toBe(
      "1 account · workload 900 h",
    );
  });
});

describe("the extent", () => {
  it("holds all territories and passes over one without area", () => {
    const extent = extentOf([
      territory({}),
      territory({ bbox: null }),
      territory({ bbox: [-85, 31, -84, 32] }),
    ]);
    expect(extent).toEqual([-85, 31, -83, 33]);
  });

  it("of nothing is nothing", () => {
    expect([extentOf([]), extentOfPlaces([])]).toEqual([null, null]);
  });
});
