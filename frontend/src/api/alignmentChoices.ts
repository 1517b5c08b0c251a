import type { Alignment, AlignmentState } from "./types";

const STATE_WORDS: Record<AlignmentState, string> = {
  live: "In force",
  proposed: "Proposed",
  draft: "Drafts",
  archived: "Earlier plans",
};
const STATES = Object.keys(STATE_WORDS) as AlignmentState[];

/** The plan in force is what a CRM should hold, so it is offered first; of several the largest. */
export function startAlignment(alignments: Alignment[]): Alignment | undefined {
  const order = (alignment: Alignment) => STATES.indexOf(alignment.state);
  return [...alignments].sort(
    (a, b) => order(a) - order(b) || b.n_territories - a.n_territories,
  )[0];
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
