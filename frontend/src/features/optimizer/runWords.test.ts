import { describe, expect, it } from "vitest";
import type { Run, RunResult } from "@/api/types";
import {
  againBody,
  aimsWords,
  baseChangedWords,
  factsWords,
  outcomeWords,
  repeatWords,
} from "./runWords";

const settings: Run["settings"] = {
  metrics: [
    { key: "accounts", tolerance: 0.05, is_primary: true },
    { key: "revenue", tolerance: 0.125, is_primary: false },
  ],
  max_moved_fraction: null,
  keep_overrides: true,
  use_homes: true,
  max_distance_km: null,
  seed: 1,
  from: "current",
  disruption_price: null,
  with_curve: false,
  headroom: 0,
  objective: "distance",
  connected: true,
};
const result = {
  is_feasible: true,
  mean_km: 56.12,
  n_moves: 31,
  seconds: 6.23,
  was_stopped: false,
  plan_hash: "p1",
} as RunResult;

const run = (values: Partial<Run>): Run =>
  ({
    id: 2,
    alignment_id: 7,
    settings,
    seed: 1,
    state: "done",
    accepted: false,
    engine_version: "2.1.0",
    data_hash: "5f2a9c0123456789",
    base_changed: false,
    n_base_changes: 0,
    created_at: "2026-03-01T10:00:00Z",
    result,
    ...values,
  }) as Run;

const earlier = run({ id: 1 });
const repeat = (values: Partial<Run>, other: Run = earlier) =>
  repeatWords(run(values), [other], "UTC");

describe("a run in words", () => {
  it("tells its aims and limits", () => {
    expect(aimsWords(run({}))).toBe("accounts ±5 %, revenue ±12.5 %");
    const limited = { ...settings, from: "scratch" as const, max_distance_km: 90 };
    expect(aimsWords(run({ settings: limited }))).toMatch(/, from nothing, within 90 km$/);
  });

  it("tells what is needed to have it again", () => {
    expect(factsWords(run({}))).toBe(
      "56.1 km · 31 moves · 6.2 s · seed 1 · engine 2.1.0 · data 5f2a9c01",
    );
    expect(factsWords(run({ result: null, engine_version: "", data_hash: "" }))).toBe("seed 1");
  });

  it.each([
    [{ state: "running" as const, result: null }, "running"],
    [{ state: "cancelled" as const, result: null }, "cancelled"],
    [{ accepted: true }, "accepted"],
    [{}, "limits met"],
    [{ result: { ...result, is_feasible: false } }, "limits not met"],
  ])("names its outcome", (values, label) => {
    expect(outcomeWords(run(values)).label).toBe(label);
  });

  it("is asked for again with the same wishes and seed", () => {
    expect(againBody(run({}))).toEqual({ alignment_id: 7, ...settings });
  });
});

describe("a run that was done before", () => {
  it("had the same plan from the same data", () => {
    expect(repeat({})).toMatch(/^Same data, .+: the same plan\.$/);
  });

  it("may have another plan from other data, or by another optimizer", () => {
    expect(repeat({ data_hash: "other" })).toMatch(/^The data changed since .+ may differ/);
    expect(repeat({ engine_version: "2.2.0" })).toMatch(/updated since .+2\.1\.0 → 2\.2\.0/);
  });

  it("says so when time made the difference", () => {
    const cut = { ...result, plan_hash: "p2", was_stopped: true };
    expect(repeat({ result: cut })).toMatch(/but another plan, for the time was up\.$/);
  });

  it("is compared with runs of the same wishes only", () => {
    expect(repeat({}, run({ id: 1, settings: { ...settings, seed: 2 } }))).toBeNull();
    expect(repeat({}, run({ id: 3 }))).toBeNull();
    expect(repeat({}, run({ id: 1, result: null }))).toBeNull();
  });
});

it("says how often the alignment was changed since", () => {
  expect(baseChangedWords(run({}), "Autumn")).toBeNull();
  const changed = (n_base_changes: number) =>
    baseChangedWords(run({ base_changed: true, n_base_changes }), "Autumn");
  expect(changed(1)).toBe("“Autumn” was changed once since this run read it.");
  expect(changed(3)).toMatch(/3 times/);
});
