import { describe, expect, it } from "vitest";
import type { RunResult } from "@/api/types";
import { boundSentence } from "./boundWords";

const result = {
  mean_km: 52.4,
  bound_km: 51.8,
  gap: 0.0116,
  bound_proves: "no plan within the tolerances is shorter",
} as RunResult;

describe("the bound in words", () => {
  it("names distance, gap and what is proved", () => {
    expect(boundSentence(result)).toBe(
      "Mean distance 52.4 km, at most 1.2 % above the lower bound of 51.8 km. What it proves: no plan within the tolerances is shorter.",
    );
  });

  it("claims no gap for a plan outside the limits", () => {
    expect(boundSentence({ ...result, gap: null })).toMatch(/51\.8 km holds .+ no gap is claimed/);
  });

  it("claims nothing without a bound", () => {
    expect(boundSentence({ ...result, bound_km: null, gap: null })).toMatch(/nothing is claimed/);
  });
});
