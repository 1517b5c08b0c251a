import { formatNumber, formatShare } from "@/domain/format";

export interface LiveFigure {
  name: string;
  value: string;
}

export const GAP_WORDS =
  "Gap: no plan around the same centres and within the same limits can be shorter than this plan by more than that.";

/** What a job reports of its best plan so far, in words; empty before there is one. */
export function liveFigures(detail: Record<string, unknown>): LiveFigure[] {
  const { mean_km, gap, seconds, worst } = detail;
  if (typeof mean_km !== "number") return [];
  return [
    ...deviations(worst),
    { name: "Mean distance", value: `${formatNumber(mean_km)} km` },
    {
      name: "Gap to the lower bound",
      value: typeof gap === "number" ? `at most ${formatShare(gap, 1)}` : "not known yet",
    },
    ...(typeof seconds === "number" ? [{ name: "Time", value: `${formatNumber(seconds)} s` }] : []),
  ];
}

/** How many plans the running job has shown so far. */
export function planNumber(detail: Record<string, unknown>): number {
  return typeof detail.plan === "number" ? detail.plan : 0;
}

function deviations(worst: unknown): LiveFigure[] {
  if (typeof worst !== "object" || worst === null) return [];
  return Object.entries(worst)
    .filter((entry): entry is [string, number] => typeof entry[1] === "number")
    .map(([metric, value]) => ({ name: `Worst ${metric}`, value: formatShare(value, 1) }));
}
