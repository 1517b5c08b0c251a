import type { Alignment, AlignmentState } from "@/api/types";

const STATE_WORDS: Record<AlignmentState, string> = {
  live: "In force",
  proposed: "Proposed",
  draft: "Drafts",
  archived: "Earlier plans",
};
const STATES = Object.keys(STATE_WORDS) as AlignmentState[];

/** The plan in force is what a CRM should hold, so it is offered first. */
export function startAlignment(alignments: Alignment[]): Alignment | undefined {
  return [...alignments].sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state))[0];
}

interface ChoiceGroup {
  group: string;
  items: { value: string; label: string }[];
}

export function alignmentChoices(alignments: readonly Alignment[]): ChoiceGroup[] {
  return STATES.map((state) => ({
    group: STATE_WORDS[state],
    items: alignments
      .filter((alignment) => alignment.state === state)
      .map(({ id, name, team_name }) => ({ value: String(id), label: `${name} · ${team_name}` })),
  })).filter(({ items }) => items.length > 0);
}
