import { isFinal } from "@/api/jobs";
import type { NewRun, Run } from "@/api/types";
import { formatCount, formatDateTime, formatNumber, formatShare } from "@/domain/format";
import type { Tone } from "@/ui/Tag";
import { groupWords } from "./limitsWords";

const HASH_SHOWN = 8;

const isNone = (value: unknown): value is null | undefined => value === null || value === undefined;

/** Which territories, how closely, under which limits. */
export function aimsWords({ settings }: Pick<Run, "settings">): string {
  const aims = settings.metrics.map(
    ({ key, tolerance, miss_price_km }) =>
      `${key} ±${formatShare(tolerance, 1)}${isNone(miss_price_km) ? "" : " (may be missed)"}`,
  );
  const n_limits = settings.limits?.length ?? 0;
  const limits = [
    settings.from === "scratch" ? "from nothing" : null,
    settings.objective === "borders" ? "short borders" : null,
    settings.connected ? null : "not connected",
    settings.max_moved_fraction === null || settings.max_moved_fraction === undefined
      ? null
      : `at most ${formatShare(settings.max_moved_fraction)} moved`,
    settings.disruption_price === null || settings.disruption_price === undefined
      ? null
      : `change priced at ${formatNumber(settings.disruption_price)}`,
    settings.with_curve ? "with other plans" : null,
    settings.max_distance_km === null || settings.max_distance_km === undefined
      ? null
      : `within ${formatCount(settings.max_distance_km)} km`,
    n_limits === 0 ? null : `${formatCount(n_limits)} ${n_limits === 1 ? "limit" : "limits"}`,
    settings.headroom ? `${formatShare(settings.headroom, 1)} room to grow` : null,
    isNone(settings.keep_together) ? null : `${groupWords(settings.keep_together)} together`,
  ];
  return [aims.join(", "), ...limits.filter((limit) => limit !== null)].join(", ");
}

export function outcomeWords(run: Run): { label: string; tone: Tone } {
  if (!isFinal(run)) return { label: run.state === "queued" ? "waiting" : "running", tone: "info" };
  if (run.state !== "done" || !run.result) {
    return { label: run.state, tone: run.state === "failed" ? "bad" : "quiet" };
  }
  if (run.accepted) return { label: "accepted", tone: "good" };
  if (run.result.is_feasible) return { label: "limits met", tone: "good" };
  return { label: "limits not met", tone: "warn" };
}

/** What came out and what it came from, so that it can be had again. */
export function factsWords(run: Run): string {
  const { result } = run;
  return [
    result ? `${formatNumber(result.mean_km)} km` : null,
    result ? `${formatCount(result.n_moves)} ${result.n_moves === 1 ? "move" : "moves"}` : null,
    result ? `${formatNumber(result.seconds)} s` : null,
    `seed ${run.seed}`,
    run.engine_version ? `engine ${run.engine_version}` : null,
    run.data_hash ? `data ${run.data_hash.slice(0, HASH_SHOWN)}` : null,
  ]
    .filter((fact) => fact !== null)
    .join(" · ");
}

/** The same wishes and seed, on the alignment as it is now. */
export const againBody = (run: Run): NewRun => ({
  alignment_id: run.alignment_id,
  ...run.settings,
});

/** How a run compares with the latest earlier one of the same wishes and seed; null where there is none. */
export function repeatWords(run: Run, others: readonly Run[], timeZone: string): string | null {
  if (!run.result) return null;
  const wishes = JSON.stringify(run.settings);
  const earlier = others
    .filter(
      ({ id, result, settings }) => id < run.id && result && JSON.stringify(settings) === wishes,
    )
    .sort((a, b) => b.id - a.id)[0];
  if (!earlier?.result) return null;
  const which = `the run of ${formatDateTime(earlier.created_at, timeZone)}`;
  if (earlier.data_hash !== run.data_hash) {
    return `The data changed since ${which}, so the plan may differ from that one.`;
  }
  if (earlier.engine_version !== run.engine_version) {
    return `The optimizer was updated since ${which} (${earlier.engine_version} → ${run.engine_version}), so the plan may differ from that one.`;
  }
  const same = "Same data, wishes, seed and optimizer";
  if (!earlier.result.plan_hash || !run.result.plan_hash) return `${same} as ${which}.`;
  if (earlier.result.plan_hash === run.result.plan_hash)
    return `${same} as ${which}: the same plan.`;
  const reason =
    earlier.result.was_stopped || run.result.was_stopped ? ", for the time was up" : "";
  return `${same} as ${which}, but another plan${reason}.`;
}

/** Null while the alignment is as the run read it. */
export function baseChangedWords(run: Run, alignmentName: string): string | null {
  if (!run.base_changed) return null;
  const times = run.n_base_changes === 1 ? "once" : `${formatCount(run.n_base_changes)} times`;
  return `“${alignmentName}” was changed ${times} since this run read it.`;
}
