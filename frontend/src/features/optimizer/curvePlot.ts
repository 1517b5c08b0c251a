import type { CurvePoint, NewRun, Run } from "@/api/types";
import { formatCount, formatNumber, formatShare } from "@/domain/format";

type Tolerances = Readonly<Record<string, number>>;

export const WIDTH = 300;
export const HEIGHT = 170;
export const MARGIN = { top: 12, right: 14, bottom: 34, left: 34 };
const RADIUS_LEAST = 4;
const RADIUS_MOST = 9;
const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100];
const TICKS_MOST = 5;

export interface Plot {
  x: (moved_fraction: number) => number;
  y: (imbalance: number) => number;
  radius: (mean_km: number) => number;
  xTicks: readonly number[];
  yTicks: readonly number[];
}

export const tolerancesOf = ({ settings }: Pick<Run, "settings">): Tolerances =>
  Object.fromEntries(settings.metrics.map(({ key, tolerance }) => [key, tolerance]));

/** Worst deviation in tolerances; up to 1 is within all of them. */
export function imbalanceOf({ worst }: Pick<CurvePoint, "worst">, tolerances: Tolerances): number {
  return Math.max(
    0,
    ...Object.entries(worst).map(([key, deviation]) => deviation / (tolerances[key] ?? 1)),
  );
}

/** Scales that hold every plan, today's zero moves and the whole band. */
export function plotOf(points: readonly CurvePoint[], tolerances: Tolerances): Plot {
  const xTicks = ticksTo(Math.max(0.01, ...points.map(({ moved_fraction }) => moved_fraction)));
  const yTicks = ticksTo(Math.max(1.5, ...points.map((point) => imbalanceOf(point, tolerances))));
  const xMost = xTicks.at(-1) ?? 1;
  const yMost = yTicks.at(-1) ?? 1;
  const kilometres = points.map(({ mean_km }) => mean_km);
  const [least, most] = [Math.min(...kilometres), Math.max(...kilometres)];
  return {
    x: (value) => MARGIN.left + (value / xMost) * (WIDTH - MARGIN.left - MARGIN.right),
    y: (value) => HEIGHT - MARGIN.bottom - (value / yMost) * (HEIGHT - MARGIN.top - MARGIN.bottom),
    radius: (km) =>
      most > least
        ? RADIUS_LEAST + ((km - least) / (most - least)) * (RADIUS_MOST - RADIUS_LEAST)
        : (RADIUS_LEAST + RADIUS_MOST) / 2,
    xTicks,
    yTicks,
  };
}

/** From 0 in round steps to the first one not below the value. */
export function ticksTo(value: number): number[] {
  const step = STEPS.find((size) => value / size <= TICKS_MOST) ?? value / TICKS_MOST;
  const n_steps = Math.ceil(value / step - 1e-9);
  return Array.from({ length: n_steps + 1 }, (_, count) => count * step);
}

/** All figures of a plan in one sentence, for those who hear the chart. */
export function pointWords(point: CurvePoint, tolerances: Tolerances): string {
  const worst = Object.entries(tolerances)
    .filter(([key]) => point.worst[key] !== undefined)
    .map(
      ([key, tolerance]) =>
        `${key} at worst ${formatShare(point.worst[key], 1)} from target (tolerance ${formatShare(tolerance, 1)})`,
    );
  return [
    `${formatShare(point.moved_fraction, 1)} of accounts in ${formatCount(point.n_moves)} units change hands`,
    ...worst,
    `mean distance ${formatNumber(point.mean_km)} km`,
    point.is_feasible ? "all limits met" : "not all limits met",
    ...(point.is_proposal ? ["the proposal"] : []),
  ].join(", ");
}

/** The run that makes this plan again: its own limit, price or start, everything else as it was. */
export const remakeBody = (run: Run, point: CurvePoint): NewRun => ({
  alignment_id: run.alignment_id,
  ...run.settings,
  max_moved_fraction: point.max_moved_fraction,
  disruption_price: point.disruption_price,
  from: point.from,
  with_curve: false,
});

/** The place of the plan that a key leads to; null for keys that lead nowhere. */
export function placeAfter(key: string, place: number, n_points: number): number | null {
  if (key === "ArrowRight" || key === "ArrowUp") return Math.min(place + 1, n_points - 1);
  if (key === "ArrowLeft" || key === "ArrowDown") return Math.max(place - 1, 0);
  if (key === "Home") return 0;
  if (key === "End") return n_points - 1;
  return null;
}
