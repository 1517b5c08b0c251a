import type { Territory } from "@/api/types";

type RepRef = { id: number; name: string } | null;

export interface Handed {
  territory: Territory;
  before: RepRef;
  after: RepRef;
}

/** What the rep holds besides the territories handed over, and could give in exchange. */
export function heldBesides(
  territories: readonly Territory[],
  handed: readonly Territory[],
  repId: number | null,
): Territory[] {
  if (repId === null) return [];
  return territories.filter((other) => other.rep?.id === repId && !handed.includes(other));
}

/** A swap needs one rep on either side. */
export function canSwap(handed: readonly Territory[]): boolean {
  return new Set(handed.map(({ rep }) => rep?.id ?? null)).size === 1;
}

/** Who has which territory before and after; those that stay with their rep are left out. */
export function handOverOutcome(
  handed: readonly Territory[],
  returned: readonly Territory[],
  rep: RepRef,
): Handed[] {
  const giver = handed[0]?.rep ?? null;
  return [
    ...handed.map((territory) => ({ territory, before: territory.rep, after: rep })),
    ...returned.map((territory) => ({ territory, before: territory.rep, after: giver })),
  ].filter(({ before, after }) => before?.id !== after?.id);
}
