import type { Scorecard, Territory } from "@/api/types";
import type { TableRow } from "@/domain/territoryTable";

/** Territories beside their figures. */
export function tableRows(
  territories: readonly Territory[],
  scorecard: Scorecard | undefined,
): TableRow[] {
  const scores = new Map(scorecard?.territories.map((score) => [score.territory_id, score]));
  return territories.map((territory) => ({
    territory,
    score: scores.get(territory.id) ?? null,
  }));
}
