import type { Certificate, NewRun, ScorecardMetric } from "@/api/types";
import { shownMetrics } from "@/domain/territoryView";
import { asLimits, hasMost, type LimitDraft, limitProblem } from "./limitDraft";
import { keepsDistancesShort } from "./objective";

export interface AimDraft {
  key: string;
  label: string;
  isChosen: boolean;
  tolerance_percent: number;
  /** km of mean distance that 1 % out of tolerance is worth; null = it must be kept. */
  missPrice_km: number | null;
}

/** What the form holds: wishes as people set them, also those that are switched off for now. */
export interface RunDraft {
  aims: readonly AimDraft[];
  from: NewRun["from"];
  hasMoveLimit: boolean;
  moved_percent: number;
  withCurve: boolean;
  /** Of effect only from nothing. */
  objective: NewRun["objective"];
  /** Of effect only from nothing, with distances kept short. */
  isConnected: boolean;
  usesHomes: boolean;
  maxDistance_km: number | null;
  keepsOverrides: boolean;
  limits: readonly LimitDraft[];
  headroom_percent: number;
  keepTogether: NonNullable<NewRun["keep_together"]> | null;
}

export interface WantedTolerance {
  key: string;
  /** Null where not even 100 % would do. */
  percent: number | null;
}

const CHOSEN_AT_FIRST = new Set(["accounts", "revenue"]);
const TOLERANCE_MAX_PERCENT = 100;
const SEED = 1;

export function firstDraft(metrics: readonly ScorecardMetric[]): RunDraft {
  return {
    aims: shownMetrics(metrics).map(({ key, label, tolerance }) => ({
      key,
      label,
      isChosen: CHOSEN_AT_FIRST.has(key),
      tolerance_percent: Math.round(tolerance * 100),
      missPrice_km: null,
    })),
    from: "current",
    hasMoveLimit: false,
    moved_percent: 15,
    withCurve: false,
    objective: "distance",
    isConnected: true,
    usesHomes: true,
    maxDistance_km: null,
    keepsOverrides: true,
    limits: [],
    headroom_percent: 0,
    keepTogether: null,
  };
}

export const chosenAims = (draft: RunDraft) => draft.aims.filter(({ isChosen }) => isChosen);

/** Whether territories may be asked for that need not be connected. */
export const canScatter = ({ from, objective }: Pick<RunDraft, "from" | "objective">) =>
  from === "scratch" && objective === "distance";

/** The plans to compare are made by limits on moves of their own. */
export const canCompare = ({ from, hasMoveLimit }: RunDraft) => from === "current" && !hasMoveLimit;

export function withAim(draft: RunDraft, key: string, values: Partial<AimDraft>): RunDraft {
  return {
    ...draft,
    aims: draft.aims.map((aim) => (aim.key === key ? { ...aim, ...values } : aim)),
  };
}

/** Whether every limit is one that can be asked for. */
export const isSound = (draft: RunDraft) =>
  draft.limits.every((limit) => limitProblem(limit, draft) === null);

export function newRun(
  alignmentId: number,
  draft: RunDraft,
  metrics: readonly ScorecardMetric[],
  currency: string,
): NewRun {
  const objective = keepsDistancesShort(draft) ? "distance" : "borders";
  return {
    alignment_id: alignmentId,
    metrics: chosenAims(draft).map(({ key, tolerance_percent, missPrice_km }, position) => ({
      key,
      tolerance: tolerance_percent / 100,
      is_primary: position === 0,
      miss_price_km: position === 0 || objective === "borders" ? null : missPrice_km,
    })),
    max_moved_fraction:
      draft.from === "current" && draft.hasMoveLimit ? draft.moved_percent / 100 : null,
    keep_overrides: draft.keepsOverrides,
    use_homes: draft.usesHomes,
    max_distance_km: draft.usesHomes ? draft.maxDistance_km : null,
    seed: SEED,
    from: draft.from,
    disruption_price: null,
    with_curve: canCompare(draft) && draft.withCurve,
    limits: asLimits(draft.limits, metrics, currency),
    headroom: hasMost(draft.limits) ? draft.headroom_percent / 100 : 0,
    keep_together: draft.keepTogether,
    objective,
    connected: !canScatter(draft) || draft.isConnected,
  };
}

/** For each metric the least tolerance at which every reason against it is gone, in tenths of a percent. */
export function wantedTolerances(certificates: readonly Certificate[]): WantedTolerance[] {
  const least = new Map<string, number>();
  for (const { metric, smallest_tolerance } of certificates) {
    if (metric === null || smallest_tolerance === null) continue;
    least.set(metric, Math.max(least.get(metric) ?? 0, smallest_tolerance));
  }
  return [...least].map(([key, tolerance]) => {
    const percent = Math.ceil(tolerance * 1000) / 10;
    return { key, percent: percent <= TOLERANCE_MAX_PERCENT ? percent : null };
  });
}
