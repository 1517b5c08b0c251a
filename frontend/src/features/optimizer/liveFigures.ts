import { formatNumber, formatShare } from "@/domain/format";

export interface LiveFigure {
  name: string;
  value: string;
}

export const GAP_WORDS =
  "Gap: no plan around the same centres and within the same limits can be shorter than this plan by more than that.";

/** What a job reports of its best plan so far, in words; empty before there is one. */
export function liveFigures(
  detail: Record<string, unknown>,
  metrics: readonly string[],
): LiveFigure[] {
  const { mean_km, gap, seconds, worst } = detail;
  if (typeof mean_km !== "number") return [];
  return [
    ...deviations(worst, metrics),
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

function deviations(worst: unknown, metrics: readonly string[]): LiveFigure[] {
  const found = (typeof worst === "object" ? worst : null) as Record<string, unknown> | null;
  return metrics.flatMap((metric) => {
    const value = found?.[metric];
    return typeof value === "number"
      ? [{ name: `Worst ${metric}`, value: formatShare(value, 1) }]
      : [];
  });
}
