import type { Run, RunResult } from "@/api/types";
import { formatNumber, formatShare } from "@/domain/format";

/** What was proved about the plan, in a sentence a manager can repeat. */
export function boundSentence(result: RunResult, objective?: Run["settings"]["objective"]): string {
  if (objective === "borders") {
    return "This run kept borders short, not distances: nothing is claimed about how short they can be.";
  }
  if (result.mean_km === null || result.bound_km === null) {
    return "No lower bound was found for this run, so nothing is claimed about the best plan.";
  }
  if (result.gap === null) {
    return `Mean distance ${formatNumber(result.mean_km)} km. The lower bound of ${formatNumber(
      result.bound_km,
    )} km holds for plans that keep every limit; this one does not, so no gap is claimed.`;
  }
  const proof = result.bound_proves ? ` What it proves: ${result.bound_proves}.` : "";
  const missed =
    result.missed_km > 0 ? ` and misses worth ${formatNumber(result.missed_km)} km` : "";
  return `Mean distance ${formatNumber(result.mean_km)} km${missed}, at most ${formatShare(
    result.gap,
    1,
  )} above the lower bound of ${formatNumber(result.bound_km)} km.${proof}`.replace("..", ".");
}
