import { describe, expect, it } from "vitest";
import { regionTree, rolledUp } from "./regionTree";
import type { MetricReading } from "./territoryView";

const rows = [
  { name: "Macon", region: "South / Georgia" },
  { name: "Nowhere", region: "" },
  { name: "Tampa", region: "South / Florida" },
  { name: "South at large", region: "South" },
  { name: "Boston", region: "North" },
  { name: "Atlanta", region: "South / Georgia" },
];
const names = (part: { name: string }[]) => part.map(({ name }) => name);

describe("regionTree", () => {
  const tree = regionTree(rows, ({ region }) => region);

  it("sorts regions by name and puts what is in none last", () => {
    expect(names(tree)).toEqual(["North", "South", "No region"]);
  });

  it("keeps rows in their order, in the region itself and in those above", () => {
    const south = tree[1];
    expect(names(south?.all ?? [])).toEqual(["Macon", "Tampa", "South at large", "Atlanta"]);
    expect(names(south?.own ?? [])).toEqual(["South at large"]);
    expect(names(south?.below ?? [])).toEqual(["Florida", "Georgia"]);
    expect(names(south?.below[1]?.own ?? [])).toEqual(["Macon", "Atlanta"]);
    expect(south?.below[1]?.depth).toBe(1);
  });
});

const reading = (value: number | null, target: number | null, change = 0): MetricReading => ({
  key: "revenue",
  label: "Revenue",
  value,
  target,
  deviation: null,
  state: "unknown",
  tolerance: 0.1,
  change,
});

describe("rolledUp", () => {
  it("compares the sum of the values with the sum of the targets", () => {
    const [revenue] = rolledUp([[reading(150, 100, 5)], [reading(90, 100, -2)]]);
    expect(revenue).toMatchObject({ value: 240, target: 200, deviation: 0.2, state: "over" });
    expect(revenue?.change).toBe(3);
  });

  it("does not know a deviation where a target is not known", () => {
    const [revenue] = rolledUp([[reading(150, 100)], [reading(90, null)]]);
    expect(revenue).toMatchObject({ value: 240, target: null, deviation: null, state: "unknown" });
  });

  it("has nothing to say of nothing", () => {
    expect(rolledUp([])).toEqual([]);
  });
});
