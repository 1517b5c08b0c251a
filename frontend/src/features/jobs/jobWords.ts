import type { Job, JobState } from "@/api/types";
import { formatNumber, MISSING } from "@/domain/format";
import type { Tone } from "@/ui/Tag";

export const STATE_WORDS: Record<JobState, { label: string; tone: Tone }> = {
  queued: { label: "Waiting", tone: "quiet" },
  running: { label: "Running", tone: "info" },
  done: { label: "Done", tone: "good" },
  failed: { label: "Failed", tone: "bad" },
  cancelled: { label: "Cancelled", tone: "quiet" },
};

/** "import_accounts" → "Import accounts": a kind added later still reads as words. */
export function kindWords(kind: string): string {
  const words = kind.replace(/[._-]+/g, " ").trim();
  return words === "" ? "Job" : words[0]?.toUpperCase() + words.slice(1);
}

export function durationWords(
  { started_at, finished_at }: Pick<Job, "started_at" | "finished_at">,
  now_ms: number,
): string {
  if (!started_at) return MISSING;
  const end_ms = finished_at ? Date.parse(finished_at) : now_ms;
  const seconds = Math.max(0, (end_ms - Date.parse(started_at)) / 1000);
  if (seconds < 60) return `${formatNumber(seconds, seconds < 10 ? 1 : 0)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
