import { expect, it } from "vitest";
import { liveFigures } from "./liveFigures";

it("says nothing before there is a plan", () => {
  expect(liveFigures({ phase: "starts", mean_km: null }, ["accounts"])).toEqual([]);
});

it("names deviations, distance, gap and time of the best plan", () => {
  const detail = {
    worst: { revenue: 0.1, accounts: 0.0612 },
    mean_km: 56.12,
    gap: 0.0123,
    seconds: 4.26,
  };
  expect(
    liveFigures(detail, ["accounts", "revenue"]).map(({ name, value }) => `${name}: ${value}`),
  ).toEqual([
    "Worst accounts: 6.1 %",
    "Worst revenue: 10 %",
    "Mean distance: 56.1 km",
    "Gap to the lower bound: at most 1.2 %",
    "Time: 4.3 s",
  ]);
});

it("does not invent a gap", () => {
  const [, gap] = liveFigures({ mean_km: 56.12, gap: null }, []);
  expect(gap?.value).toBe("not known yet");
});
