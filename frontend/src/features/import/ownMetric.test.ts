import { describe, expect, it } from "vitest";
import type { ImportColumn } from "@/api/types";
import { ownMetricField, withOwnMetrics } from "./ownMetric";

const column = (name: string, ...samples: string[]): ImportColumn => ({
  name,
  samples,
  field: null,
  confidence: 0,
});

describe("a metric of one's own", () => {
  it.each([
    ["Jobs Reported", "metric:jobs_reported"],
    ["2020 Sales (net)", "metric:sales_net"],
    ["x".repeat(60), `metric:${"x".repeat(40)}`],
  ])("from column %s is %s", (name, key) => {
    expect(ownMetricField("accounts", column(name, "12"))?.key).toBe(key);
  });

  it("is not offered for words, for a name without letters, or for reps", () => {
    expect(ownMetricField("accounts", column("Lender", "Synovus Bank"))).toBeNull();
    expect(ownMetricField("accounts", column("2020", "12"))).toBeNull();
    expect(ownMetricField("reps", column("Beds", "12"))).toBeNull();
  });

  it("joins the fields when the mapping uses it, under the remembered name", () => {
    const fields = withOwnMetrics([], { Betten: "metric:beds", Name: "name" });
    expect(fields.map(({ key, label }) => [key, label])).toEqual([
      ["metric:beds", "Own metric: beds"],
    ]);
  });
});
