import { describe, expect, it } from "vitest";
import type { CurvePoint, Run } from "@/api/types";
import {
  HEIGHT,
  imbalanceOf,
  MARGIN,
  placeAfter,
  plotOf,
  pointWords,
  remakeBody,
  ticksTo,
  tolerancesOf,
  WIDTH,
} from "./curvePlot";

const settings: Run["settings"] = {
  metrics: [
    { key: "accounts", tolerance: 0.05, is_primary: true },
    { key: "revenue", tolerance: 0.1, is_primary: false },
  ],
  max_moved_fraction: null,
  keep_overrides: true,
  use_homes: true,
  max_distance_km: 90,
  seed: 3,
  from: "current",
  disruption_price: null,
  with_curve: true,
  headroom: 0,
  objective: "distance",
  connected: true,
};
const run = { alignment_id: 7, settings } as Run;
const tolerances = tolerancesOf(run);

const today: CurvePoint = {
  moved_fraction: 0,
  n_moves: 0,
  mean_km: 63,
  worst: { accounts: 0.2, revenue: 0.1 },
  is_feasible: false,
  is_proposal: false,
  was_stopped: false,
  max_moved_fraction: 0,
  disruption_price: 0,
  from: "current",
};
const least: CurvePoint = {
  ...today,
  moved_fraction: 0.041,
  n_moves: 31,
  mean_km: 56.1,
  worst: { accounts: 0.048, revenue: 0.03 },
  is_feasible: true,
  is_proposal: true,
  max_moved_fraction: 1,
};
const fresh: CurvePoint = {
  ...least,
  moved_fraction: 0.6,
  mean_km: 49,
  is_proposal: false,
  max_moved_fraction: null,
  disruption_price: null,
  from: "scratch",
};

describe("the chart of plans", () => {
  it("counts the worst deviation in tolerances", () => {
    expect(imbalanceOf(today, tolerances)).toBeCloseTo(4);
    expect(imbalanceOf({ worst: {} }, tolerances)).toBe(0);
  });

  it("holds every plan within its margins, from today's at the left", () => {
    const points = [today, least, fresh];
    const plot = plotOf(points, tolerances);
    expect(plot.x(0)).toBe(MARGIN.left);
    expect(plot.y(0)).toBe(HEIGHT - MARGIN.bottom);
    for (const point of points) {
      expect(plot.x(point.moved_fraction)).toBeLessThanOrEqual(WIDTH - MARGIN.right);
      expect(plot.y(imbalanceOf(point, tolerances))).toBeGreaterThanOrEqual(MARGIN.top);
    }
    expect(plot.radius(63)).toBeGreaterThan(plot.radius(56.1));
  });

  it("shows the edge of the band even where every plan is far within it", () => {
    const plot = plotOf([fresh], tolerances);
    expect(plot.yTicks.at(-1)).toBeGreaterThan(1);
    expect(plot.radius(fresh.mean_km)).toBeGreaterThan(0);
  });

  it("has few round ticks up to the largest value", () => {
    expect(ticksTo(4)).toEqual([0, 1, 2, 3, 4]);
    expect(ticksTo(0.041).map((tick) => tick.toFixed(2))).toEqual([
      "0.00",
      "0.01",
      "0.02",
      "0.03",
      "0.04",
      "0.05",
    ]);
    expect(ticksTo(1.5)).toEqual([0, 0.5, 1, 1.5]);
  });
});

describe("a plan of the chart", () => {
  it("says all its figures", () => {
    expect(pointWords(least, tolerances)).toBe(
      "4.1 % of accounts in 31 units change hands, accounts at worst 4.8 % from target (tolerance 5 %), " +
        "revenue at worst 3 % from target (tolerance 10 %), mean distance 56.1 km, all limits met, the proposal",
    );
    expect(pointWords(today, tolerances)).toMatch(/not all limits met$/);
  });

  it("is made again by its own settings and the run's other wishes", () => {
    expect(remakeBody(run, fresh)).toEqual({
      alignment_id: 7,
      ...settings,
      from: "scratch",
      with_curve: false,
    });
    expect(remakeBody(run, least)).toMatchObject({
      max_moved_fraction: 1,
      disruption_price: 0,
      seed: 3,
    });
  });

  it("is reached by the arrow keys, without leaving the chart", () => {
    expect(["ArrowRight", "ArrowLeft", "Home", "End"].map((key) => placeAfter(key, 1, 3))).toEqual([
      2, 0, 0, 2,
    ]);
    expect([placeAfter("ArrowLeft", 0, 3), placeAfter("ArrowUp", 2, 3)]).toEqual([0, 2]);
    expect(placeAfter("Tab", 1, 3)).toBeNull();
  });
});
