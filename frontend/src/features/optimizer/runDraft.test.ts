import { describe, expect, it } from "vitest";
import type { Certificate, ScorecardMetric } from "@/api/types";
import { firstDraft, newRun, wantedTolerances, withAim } from "./runDraft";

const metrics = ["accounts", "revenue", "workload"].map(
  (key) => ({ key, label: key, tolerance: 0.1 }) as ScorecardMetric,
);
const draft = firstDraft(metrics);

const against = (metric: string | null, smallest_tolerance: number | null): Certificate => ({
  code: "unit_too_big",
  detail: "",
  metric,
  smallest_tolerance,
});

describe("what a form asks for", () => {
  it("balances accounts and revenue at first, accounts before all", () => {
    expect(newRun(7, draft).metrics).toEqual([
      { key: "accounts", tolerance: 0.1, is_primary: true },
      { key: "revenue", tolerance: 0.1, is_primary: false },
    ]);
  });

  it("takes a tolerance of a tenth of a percent", () => {
    const narrow = withAim(draft, "accounts", { tolerance_percent: 12.4 });
    expect(newRun(7, narrow).metrics[0]?.tolerance).toBe(0.124);
  });

  it("leaves out limits that are switched off or have no meaning", () => {
    const limited = { ...draft, hasMoveLimit: true, maxDistance_km: 90 };
    expect(newRun(7, limited)).toMatchObject({ max_moved_fraction: 0.15, max_distance_km: 90 });
    expect(newRun(7, { ...limited, from: "scratch" as const }).max_moved_fraction).toBeNull();
    expect(newRun(7, { ...limited, usesHomes: false }).max_distance_km).toBeNull();
  });
});

describe("other plans to compare", () => {
  it("are asked for only from today's territories and without a limit on moves", () => {
    const wished = { ...draft, withCurve: true };
    expect(newRun(7, wished).with_curve).toBe(true);
    expect(newRun(7, { ...wished, hasMoveLimit: true }).with_curve).toBe(false);
    expect(newRun(7, { ...wished, from: "scratch" as const }).with_curve).toBe(false);
    expect(newRun(7, draft).with_curve).toBe(false);
  });
});

describe("tolerances that would do", () => {
  it("is the largest of all reasons against a metric, never rounded down", () => {
    const found = wantedTolerances([
      against("accounts", 0.1231),
      against("accounts", 0.05),
      against("revenue", 0.2),
    ]);
    expect(found).toEqual([
      { key: "accounts", percent: 12.4 },
      { key: "revenue", percent: 20 },
    ]);
  });

  it("knows none for what no tolerance mends", () => {
    expect(wantedTolerances([against(null, null)])).toEqual([]);
    expect(wantedTolerances([against("accounts", 1.2)])).toEqual([
      { key: "accounts", percent: null },
    ]);
  });
});
