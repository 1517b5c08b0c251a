import { type BandState, bandState, bandSymbol } from "./balance";
import { formatDeviation, formatMetric } from "./format";
import type { TotalsChange } from "./liveTotals";

/** The metrics a territory is judged by, in the order people read them. */
export const BALANCE_METRICS = ["accounts", "revenue", "potential", "workload"] as const;

interface ScoredTerritory {
  territory_id: number;
  values: Record<string, number>;
  targets: Record<string, number | null>;
  deviations: Record<string, number | null>;
}

interface MetricBand {
  key: string;
  label: string;
  tolerance: number;
}

export interface MetricReading {
  key: string;
  label: string;
  value: number | null;
  target: number | null;
  deviation: number | null;
  state: BandState;
  tolerance: number;
  /** How much a stroke under way adds or takes. */
  change: number;
}

/** Each metric of one territory, moved by what the brush holds right now. */
export function metricReadings(
  score: ScoredTerritory | undefined,
  metrics: readonly MetricBand[],
  live: TotalsChange | null,
): MetricReading[] {
  return metrics.map(({ key, label, tolerance }) => {
    const change = score ? (live?.get(score.territory_id)?.get(key) ?? 0) : 0;
    const saved = score?.values[key];
    const value = saved === undefined ? null : saved + change;
    const target = score?.targets[key] ?? null;
    const deviation =
      change !== 0 && value !== null && target
        ? (value - target) / target
        : (score?.deviations[key] ?? null);
    return {
      key,
      label,
      value,
      target,
      deviation,
      state: bandState(deviation, tolerance),
      tolerance,
      change,
    };
  });
}

/** The reading furthest from its target. */
export function worstReading(readings: readonly MetricReading[]): MetricReading | null {
  let worst: MetricReading | null = null;
  for (const reading of readings) {
    if (reading.deviation === null) continue;
    if (!worst || Math.abs(reading.deviation) > Math.abs(worst.deviation ?? 0)) worst = reading;
  }
  return worst;
}

export function shownMetrics<T extends { key: string }>(metrics: readonly T[]): T[] {
  const wanted: readonly string[] = BALANCE_METRICS;
  return wanted
    .map((key) => metrics.find((metric) => metric.key === key))
    .filter((metric): metric is T => metric !== undefined);
}

interface TerritoryLike {
  id: number;
  name: string;
  colour: string;
  is_locked: boolean;
  label: { lon: number; lat: number } | null;
}

/** What is written of a territory below its name. */
export interface LabelFigure {
  metric: MetricBand & { unit: string };
  shows: "deviation" | "value";
}

/** Figures by the names they are stored under, such as "revenue:value"; what is not known is left out. */
export function labelFigures<M extends LabelFigure["metric"]>(
  names: readonly string[],
  metrics: readonly M[],
): LabelFigure[] {
  return names.flatMap((name) => {
    const [key, shows] = name.split(":");
    const metric = metrics.find((known) => known.key === key);
    return metric && (shows === "deviation" || shows === "value") ? [{ metric, shows }] : [];
  });
}

/** What the map writes on each territory. */
export function territoryLabels(
  territories: readonly TerritoryLike[],
  scores: readonly ScoredTerritory[],
  figures: readonly LabelFigure[],
  currency: string,
  live: TotalsChange | null = null,
) {
  const scoreOf = new Map(scores.map((score) => [score.territory_id, score]));
  return territories.map(({ id, name, colour, is_locked, label }) => ({
    id,
    name,
    colour,
    isLocked: is_locked,
    label,
    notes: figures.flatMap(({ metric, shows }) => {
      const [reading] = metricReadings(scoreOf.get(id), [metric], live);
      if (!reading || reading[shows] === null) return [];
      const what = metric.label.toLowerCase();
      return shows === "value"
        ? [
            {
              text: `${formatMetric(reading.value, metric.unit, currency)} ${what}`,
              tone: "unknown" as const,
            },
          ]
        : [
            {
              text: `${bandSymbol(reading.state)} ${formatDeviation(reading.deviation)} ${what}`,
              tone: reading.state,
            },
          ];
    }),
  }));
}
