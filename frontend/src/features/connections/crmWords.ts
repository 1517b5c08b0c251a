import type { Crm, Push, PushRow } from "@/api/crm";
import { isAtWork } from "@/api/crm";
import { formatCount } from "@/domain/format";
import type { Tone } from "@/ui/Tag";

interface State {
  label: string;
  tone: Tone;
}

const CRM_STATES: Record<Crm["state"], State> = {
  new: { label: "Not checked", tone: "quiet" },
  ready: { label: "Signed in", tone: "good" },
  expired: { label: "Sign-in expired", tone: "bad" },
  failed: { label: "Not reached", tone: "warn" },
};

const PUSH_STATES: Record<Push["state"], State> = {
  planning: { label: "Comparing", tone: "info" },
  planned: { label: "Compared", tone: "info" },
  pushing: { label: "Pushing", tone: "info" },
  done: { label: "Pushed", tone: "good" },
  failed: { label: "Stopped", tone: "bad" },
};

/** What did not go through and why; the first of them can be tried again. */
export const LISTED: readonly { state: PushRow["state"]; title: string }[] = [
  { state: "refused", title: "Refused by the CRM" },
  { state: "later", title: "To be tried again" },
  { state: "unknown", title: "Not known there" },
  { state: "held", title: "Held back" },
];

export const PARTS = [
  { value: "both", label: "Owners and territories" },
  { value: "owner", label: "Owners only" },
  { value: "territory", label: "Territories only" },
];

export function crmState(crm: Crm): State {
  return isAtWork(crm) ? { label: "At work", tone: "info" } : CRM_STATES[crm.state];
}

export function pushState(push: Push): State {
  const isBroken = !isAtWork(push) && (push.state === "planning" || push.state === "pushing");
  if (isBroken) return PUSH_STATES.failed;
  if (push.state === "done" && notTaken(push.rows) > 0) {
    return { label: "Pushed in part", tone: "warn" };
  }
  return PUSH_STATES[push.state];
}

/** Rows that another attempt would send. */
export function notTaken(rows: Push["rows"]): number {
  return (rows.refused ?? 0) + (rows.later ?? 0) + (rows.waiting ?? 0);
}

/** The figures of a dry run, in the order in which they are asked about. */
export function planFigures(push: Push): { key: string; name: string; figures: string[] }[] {
  const figures: [string, string, number][] = [
    ["new", "Get an owner or territory for the first time", push.n_new],
    ["changed", "Get another one", push.n_changed],
    ["unchanged", "Already as planned", push.n_unchanged],
    ["held", "Held back, protected", push.n_held],
    ["unknown", "Account, rep or territory not known there", push.n_unknown],
    ["without", "In no territory, left as they are", push.n_without],
  ];
  return figures.map(([key, name, count]) => ({ key, name, figures: [formatCount(count)] }));
}

export const accounts = (count: number): string =>
  count === 1 ? "1 account" : `${formatCount(count)} accounts`;
