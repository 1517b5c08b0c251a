import { ProblemError, problemSentences } from "@/api/problem";
import type { Alignment, Job, UnitLayer } from "@/api/types";
import { MISSING } from "@/domain/format";
import type { Tone } from "@/ui/Tag";

export function kindWords({ kind, year }: Pick<UnitLayer, "kind" | "year">): string {
  if (kind === "h3") return "Hexagons";
  if (kind === "file") return "Areas of a file";
  return year === null ? "Counties" : `Counties of ${year}`;
}

type LayerState = UnitLayer["state"] | "cancelled";

/** Cancelled is nobody's failure, so it is named apart. */
export function layerState({ state }: Pick<UnitLayer, "state">, job: Job | null): LayerState {
  if (state === "ready") return state;
  if (job?.state === "cancelled") return "cancelled";
  return job?.state === "failed" ? "failed" : state;
}

export const STATE_WORDS: Record<LayerState, { label: string; tone: Tone }> = {
  building: { label: "Building", tone: "info" },
  ready: { label: "Ready", tone: "good" },
  failed: { label: "Failed", tone: "bad" },
  cancelled: { label: "Cancelled", tone: "quiet" },
};

/** Why there is no layer, and what to do about it. */
export function endWords(state: LayerState, job: Job | null): string {
  if (state === "cancelled") return "The building was cancelled. Delete this entry and start anew.";
  return job?.error ?? "It stopped before the units were written. Delete this entry and try again.";
}

export function usersOf(
  layer: Pick<UnitLayer, "id">,
  alignments: readonly Pick<Alignment, "unit_layer_id" | "name">[],
): string[] {
  return alignments
    .filter(({ unit_layer_id }) => unit_layer_id === layer.id)
    .map(({ name }) => name);
}

const NAMED_USERS_MAX = 3;

export function userWords(names: readonly string[]): string {
  if (names.length === 0) return MISSING;
  const n_more = names.length - NAMED_USERS_MAX;
  const named = names.slice(0, NAMED_USERS_MAX).join(", ");
  return n_more > 0 ? `${named} and ${n_more} more` : named;
}

const FIELD_WORDS: Record<string, string> = {
  name: "The name",
  states: "The state",
  resolution: "The size of the hexagons",
  bbox: "The area",
  area: "The area",
  boundary_file: "The file",
  code_attribute: "The code",
  name_attribute: "The name of the units",
  skip_problems: "The file",
};

/** Why a layer was refused, about what the form calls its fields. */
export function refusalSentences(reason: unknown): string[] {
  if (!(reason instanceof ProblemError) || reason.errors.length === 0) {
    return problemSentences(reason);
  }
  return reason.errors.map(({ field, problem }) => {
    const label = FIELD_WORDS[field.split(".")[0] ?? ""] ?? field;
    return `${label}: ${problem.replace(/\.$/, "")}.`;
  });
}
