import { describe, expect, it } from "vitest";
import type { Certificate, ScorecardMetric } from "@/api/types";
import { limitsWords } from "./limitsWords";
import { firstDraft, isSound, newRun, type RunDraft, wantedTolerances, withAim } from "./runDraft";

const metrics = ["accounts", "revenue", "workload"].map(
  (key) =>
    ({
      key,
      label: key,
      tolerance: 0.1,
      unit: key === "revenue" ? "currency" : key,
    }) as ScorecardMetric,
);
const draft = firstDraft(metrics);
const asked = (wishes: RunDraft) => newRun(7, wishes, metrics, "USD");

const against = (metric: string | null, smallest_tolerance: number | null): Certificate => ({
  code: "unit_too_big",
  detail: "",
  metric,
  smallest_tolerance,
});

describe("what a form asks for", () => {
  it("balances accounts and revenue at first, accounts before all", () => {
    expect(asked(draft).metrics).toEqual([
      { key: "accounts", tolerance: 0.1, is_primary: true, miss_price_km: null },
      { key: "revenue", tolerance: 0.1, is_primary: false, miss_price_km: null },
    ]);
  });

  it("takes a tolerance of a tenth of a percent", () => {
    const narrow = withAim(draft, "accounts", { tolerance_percent: 12.4 });
    expect(asked(narrow).metrics[0]?.tolerance).toBe(0.124);
  });

  it("leaves out limits that are switched off or have no meaning", () => {
    const limited = { ...draft, hasMoveLimit: true, maxDistance_km: 90 };
    expect(asked(limited)).toMatchObject({ max_moved_fraction: 0.15, max_distance_km: 90 });
    expect(asked({ ...limited, from: "scratch" as const }).max_moved_fraction).toBeNull();
    expect(asked({ ...limited, usesHomes: false }).max_distance_km).toBeNull();
  });
});

describe("limits in a metric's own unit", () => {
  const line = { id: 1, key: "accounts", territoryId: null, least: null, most: null };

  it("are sent with money in minor units, and not where no figure is set", () => {
    const limits = [line, { ...line, id: 2, key: "revenue", territoryId: 31, least: 2_000_000 }];
    expect(asked({ ...draft, limits }).limits).toEqual([
      { key: "revenue", territory_id: 31, least: 200_000_000, most: null },
    ]);
  });

  it("leave room to grow only where there is a most to stay under", () => {
    const roomy = { ...draft, headroom_percent: 5 };
    expect(asked({ ...roomy, limits: [{ ...line, least: 9 }] }).headroom).toBe(0);
    expect(asked({ ...roomy, limits: [{ ...line, most: 9 }] }).headroom).toBe(0.05);
  });

  it("are not asked for while a least is above its most, or a place is limited twice", () => {
    expect(isSound({ ...draft, limits: [{ ...line, least: 9, most: 9 }] })).toBe(true);
    expect(isSound({ ...draft, limits: [{ ...line, least: 10, most: 9 }] })).toBe(false);
    expect(isSound({ ...draft, limits: [line, { ...line, id: 2 }] })).toBe(false);
    expect(isSound({ ...draft, limits: [line, { ...line, id: 2, territoryId: 4 }] })).toBe(true);
  });

  it("are not asked for on a metric whose tolerance may be missed", () => {
    const limited = { ...draft, limits: [{ ...line, key: "revenue", most: 9 }] };
    expect(isSound(limited)).toBe(true);
    expect(isSound(withAim(limited, "revenue", { missPrice_km: 1 }))).toBe(false);
  });
});

describe("tolerances that may be missed", () => {
  it("are never those of the first metric", () => {
    const accounts = withAim(draft, "accounts", { missPrice_km: 2 });
    const both = withAim(accounts, "revenue", { missPrice_km: 3 });
    expect(asked(both).metrics.map(({ miss_price_km }) => miss_price_km)).toEqual([null, 3]);
  });
});

describe("a folded section", () => {
  it("says what is set in it", () => {
    expect(limitsWords({ ...draft, usesHomes: false })).toBe("named accounts stay");
    const limits = [{ id: 1, key: "accounts", territoryId: null, least: null, most: 900 }];
    const set = { ...draft, limits, headroom_percent: 5, keepTogether: "state" as const };
    expect(
      limitsWords(withAim({ ...set, maxDistance_km: 90 }, "revenue", { missPrice_km: 1 })),
    ).toBe(
      "1 limit · 5 % room to grow · revenue may be missed · counties of one state together · at most 90 km from home · named accounts stay",
    );
  });
});

describe("other plans to compare", () => {
  it("are asked for only from today's territories and without a limit on moves", () => {
    const wished = { ...draft, withCurve: true };
    expect(asked(wished).with_curve).toBe(true);
    expect(asked({ ...wished, hasMoveLimit: true }).with_curve).toBe(false);
    expect(asked({ ...wished, from: "scratch" as const }).with_curve).toBe(false);
    expect(asked(draft).with_curve).toBe(false);
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

describe("short borders", () => {
  it("are asked for only from nothing, and with every tolerance to be kept", () => {
    const missed = withAim({ ...draft, objective: "borders" }, "revenue", { missPrice_km: 1 });
    expect(asked(missed).objective).toBe("distance");
    expect(asked(missed).metrics[1]?.miss_price_km).toBe(1);
    const fromNothing = asked({ ...missed, from: "scratch" });
    expect(fromNothing.objective).toBe("borders");
    expect(fromNothing.metrics[1]?.miss_price_km).toBeNull();
  });
});

describe("books of accounts", () => {
  it("are asked for only from nothing, with distances kept short", () => {
    const scattered = { ...draft, isConnected: false };
    expect(asked(scattered).connected).toBe(true);
    expect(asked({ ...scattered, from: "scratch", objective: "borders" }).connected).toBe(true);
    expect(asked({ ...scattered, from: "scratch" }).connected).toBe(false);
  });
});
