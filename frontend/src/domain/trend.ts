/** How a territory came to where it is: its deviation after each of the latest edits, by today's figures. */

export interface TrendStep {
  revision: number;
  /** What each territory gained or lost by it, by metric. */
  moved: readonly ({ territory_id: number } & Record<string, number>)[];
}

interface Measured {
  territory_id: number;
  values: Record<string, number>;
  targets: Record<string, number | null>;
}

/**
 * Deviations from today's target, oldest first; the last one is today's. `steps` come newest first. Null where there
 * is no target, or no edit to go back over.
 */
export function deviationSeries(
  score: Measured | undefined,
  metric: string,
  steps: readonly TrendStep[],
): number[] | null {
  const target = score?.targets[metric];
  let value = score?.values[metric];
  if (!score || !target || value === undefined || steps.length === 0) return null;
  const series = [(value - target) / target];
  for (const { moved } of steps) {
    const own = moved.find(({ territory_id }) => territory_id === score.territory_id);
    value -= own?.[metric] ?? 0;
    series.unshift((value - target) / target);
  }
  return series;
}
