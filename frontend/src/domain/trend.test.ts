import { describe, expect, it } from "vitest";
import { deviationSeries } from "./trend";

const score = {
  territory_id: 1,
  values: { revenue: 120 },
  targets: { revenue: 100, pipeline: null },
};
const step = (revision: number, ...gained: [id: number, revenue: number][]) => ({
  revision,
  moved: gained.map(([territory_id, revenue]) => ({ territory_id, revenue })),
});

describe("deviationSeries", () => {
  it("goes back over the edits from where the territory is now", () => {
    const steps = [step(9, [1, 30], [2, -30]), step(8, [2, 5]), step(7, [1, -10])];
    expect(deviationSeries(score, "revenue", steps)).toEqual([0, -0.1, -0.1, 0.2]);
  });

  it("is not known without a target, a figure or an edit", () => {
    expect(deviationSeries(score, "pipeline", [step(2)])).toBeNull();
    expect(deviationSeries(score, "revenue", [])).toBeNull();
    expect(deviationSeries(undefined, "revenue", [step(2)])).toBeNull();
  });
});
