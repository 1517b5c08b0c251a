import type { Scorecard, Territory } from "@/api/types";
import { type TableRow, TREND_METRIC } from "@/domain/territoryTable";
import { deviationSeries, type TrendStep } from "@/domain/trend";

/** Territories beside their figures, and how these came to be where edits are given. */
export function tableRows(
  territories: readonly Territory[],
  scorecard: Scorecard | undefined,
  steps: readonly TrendStep[] = [],
): TableRow[] {
  const scores = new Map(scorecard?.territories.map((score) => [score.territory_id, score]));
  return territories.map((territory) => ({
    territory,
    score: scores.get(territory.id) ?? null,
    trend: deviationSeries(scores.get(territory.id), TREND_METRIC, steps),
  }));
}
