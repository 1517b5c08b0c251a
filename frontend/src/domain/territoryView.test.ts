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
  const territory = {
    id: 1,
    name: "Macon",
    colour: "#57b3a0",
    is_locked: false,
    label: { lon: -83, lat: 32 },
  };
  const revenue = { key: "revenue", label: "Revenue", tolerance: 0.1, unit: "currency" };
  const workload = { key: "workload", label: "Workload", tolerance: 0.1, unit: "h/year" };

  it("say deviation in figures, symbol and words", () => {
    const [label] = territoryLabels(
      [territory],
      [score],
      [{ metric: revenue, shows: "deviation" }],
      "USD",
    );
    expect(label?.notes).toEqual([{ text: "▲ +31 % revenue", tone: "over" }]);
  });

  it("say values in the metric's own unit, one line a figure", () => {
    const [label] = territoryLabels(
      [territory],
      [{ ...score, values: { revenue: 5_810_000_000, workload: 95 } }],
      [
        { metric: revenue, shows: "value" },
        { metric: workload, shows: "value" },
      ],
      "USD",
    );
    expect(label?.notes.map(({ text }) => text)).toEqual(["$58.1M revenue", "95 h workload"]);
  });

  it("leave out what is not known", () => {
    const [label] = territoryLabels([territory], [], [{ metric: revenue, shows: "value" }], "USD");
    expect(label?.notes).toEqual([]);
  });
});
