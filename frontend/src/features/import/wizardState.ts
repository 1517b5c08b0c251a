import type { Import, Job } from "@/api/types";
import type { Tone } from "@/ui/Tag";

export type WizardState =
  | "columns"
  | "running"
  | "done"
  | "failed"
  | "cancelled"
  | "undoing"
  | "undone";

/** Where an import stands. A cancelled run has written nothing and can be started again. */
export function stateOf(item: Pick<Import, "state" | "job">): WizardState {
  if (item.state === "running" || item.state === "undoing" || item.state === "undone") {
    return item.state;
  }
  if (item.job?.state === "cancelled") return "cancelled";
  return item.state === "uploaded" ? "columns" : item.state;
}

export const STATE_WORDS: Record<WizardState, { label: string; tone: Tone }> = {
  columns: { label: "Waiting for you", tone: "warn" },
  running: { label: "Running", tone: "info" },
  done: { label: "Imported", tone: "good" },
  failed: { label: "Nothing imported", tone: "bad" },
  cancelled: { label: "Cancelled", tone: "quiet" },
  undoing: { label: "Being taken back", tone: "info" },
  undone: { label: "Taken back", tone: "quiet" },
};

export const STEPS = ["File", "Columns", "Import", "Result"] as const;

/** Position of the present step; beyond the last one when all is done. */
export function stepOf(state: WizardState, isMending: boolean): number {
  if (isMending || state === "columns") return 1;
  if (state === "running") return 2;
  return state === "done" ? STEPS.length : STEPS.length - 1;
}

interface ProgressWords {
  /** null while there is nothing to measure yet. */
  fraction: number | null;
  message: string;
}

export function progressWords(job: Job | null): ProgressWords {
  if (job === null || job.state === "queued") {
    return { fraction: null, message: "Waiting for a free worker. You may leave this page." };
  }
  const fraction = Math.min(1, Math.max(0, job.progress));
  const again = job.attempt > 1 ? ` Attempt ${job.attempt}, after an interruption.` : "";
  return {
    fraction: fraction === 0 && job.message === "" ? null : fraction,
    message: `${job.message || "Working…"}${again}`,
  };
}
