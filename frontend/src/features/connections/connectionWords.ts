import type { ApiToken, Delivery, EventKind, Scope } from "@/api/connections";
import { formatDateTime } from "@/domain/format";
import type { Tone } from "@/ui/Tag";

interface State {
  label: string;
  tone: Tone;
}

export const SCOPES: readonly { scope: Scope; label: string; holds: string }[] = [
  {
    scope: "read",
    label: "Read",
    holds: "See accounts, alignments, runs and all else you can see.",
  },
  { scope: "write", label: "Write", holds: "Edit alignments and accounts, start runs, publish." },
  { scope: "import", label: "Import", holds: "Upload files and send accounts in bulk." },
  { scope: "export", label: "Export", holds: "Take assignments and territories out." },
];

export const EVENTS: readonly { kind: EventKind; label: string; holds: string }[] = [
  { kind: "import.done", label: "Import done", holds: "A file was imported." },
  { kind: "run.done", label: "Run done", holds: "The optimizer has a plan." },
  {
    kind: "alignment.proposed",
    label: "Alignment proposed",
    holds: "A scenario was put forward for approval.",
  },
  {
    kind: "alignment.published",
    label: "Alignment published",
    holds: "A scenario became the live alignment.",
  },
  {
    kind: "alarm",
    label: "Alarm",
    holds: "A review found that something left its band.",
  },
];

export const LIFETIMES = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "180", label: "180 days" },
  { value: "366", label: "One year" },
];

export const scopeWords = (scopes: readonly Scope[]): string =>
  SCOPES.filter(({ scope }) => scopes.includes(scope))
    .map(({ label }) => label)
    .join(", ");

export const TOKEN_STATES: Record<ApiToken["state"], State> = {
  active: { label: "Active", tone: "good" },
  expired: { label: "Expired", tone: "warn" },
  revoked: { label: "Revoked", tone: "quiet" },
};

/** "ping" is only ever sent by hand; a kind added later still reads as words. */
export function eventWords(kind: string): string {
  if (kind === "ping") return "Test";
  return EVENTS.find((event) => event.kind === kind)?.label ?? kind.replaceAll(".", " ");
}

export function deliveryState({ state, attempts }: Pick<Delivery, "state" | "attempts">): State {
  if (state === "delivered") return { label: "Delivered", tone: "good" };
  if (state === "failed") return { label: "Failed", tone: "bad" };
  return attempts === 0 ? { label: "Waiting", tone: "quiet" } : { label: "Trying", tone: "info" };
}

/** What happened and what comes next, in sentences. */
export function deliverySentences(delivery: Delivery): string[] {
  const { state, attempts, last_error, last_status, delivered_at, next_attempt_at } = delivery;
  const tries = attempts === 1 ? "1 attempt" : `${attempts} attempts`;
  if (state === "delivered") {
    return [`Arrived ${formatDateTime(delivered_at)}, answered with ${last_status}, ${tries}.`];
  }
  const sentences = last_error ? [last_error] : [];
  if (state === "failed") {
    return attempts > 0 ? [...sentences, `Given up after ${tries}.`] : sentences;
  }
  if (last_error) sentences.push(`Next attempt ${formatDateTime(next_attempt_at)}.`);
  return sentences.length > 0 ? sentences : ["On its way."];
}
