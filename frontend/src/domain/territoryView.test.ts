import { describe, expect, it } from "vitest";
import { metricReadings, shownMetrics, territoryLabels, worstReading } from "./territoryView";

const metrics = [
  { key: "workload", label: "Workload", tolerance: 0.1 },
  { key: "revenue", label: "Revenue", tolerance: 0.1 },
];
const score = {
  territory_id: 1,
  values: { revenue: 131, workload: 95 },
  targets: { revenue: 100, workload: 100 },
  deviations: { revenue: 0.31, workload: -0.05 },
};

describe("readings of a territory", () => {
  it("move with the stroke before anything is saved", () => {
    const live = new Map([[1, new Map([["revenue", -31]])]]);
    const [, revenue] = metricReadings(score, metrics, live);
    expect(revenue?.value).toBe(100);
    expect(revenue?.deviation).toBeCloseTo(0);
    expect(revenue?.state).toBe("in_band");
    expect(revenue?.change).toBe(-31);
  });

  it("are unknown, not zero, before the scorecard is there", () => {
    expect(metricReadings(undefined, metrics, null)[0]?.state).toBe("unknown");
  });

  it("name the metric furthest from its target", () => {
    expect(worstReading(metricReadings(score, metrics, null))?.key).toBe("revenue");
  });
});

describe("shown metrics", () => {
  it("come in reading order, without those the server does not have", () => {
    expect(shownMetrics(metrics).map(({ key }) => key)).toEqual(["revenue", "workload"]);
  });
});

describe("map labels", () => {
  it("say deviation in figures, symbol and words", () => {
    const territory = {
      id: 1,
      name: "Macon",
      colour: "#57b3a0",
      is_locked: false,
      label: { lon: -83, lat: 32 },
    };
    const [label] = territoryLabels([territory], [score], metrics[1]);
    expect(label?.note).toBe("▲ +31 % revenue");
    expect(label?.tone).toBe("over");
  });
});
