import type { LayerName } from "@/map/look";

export const LAYER_WORDS: Record<LayerName, string> = {
  labels: "Labels",
  moves: "Moves of the scenario",
  findings: "Overlap, white space",
  barriers: "Barriers",
  accounts: "Accounts",
  bubbles: "Accounts by size",
  hexagons: "Density in hexagons",
  heat: "Density as heat",
  choropleth: "Units by metric",
  territories: "Territories",
};

export interface LayerFacts {
  hasUnits: boolean;
  hasBarriers: boolean;
  /** Null where the alignment has no plan before it with the same units. */
  n_moves: number | null;
}

/** Why a layer would show nothing here, or null where it can show something. */
export function whyEmpty(name: LayerName, facts: LayerFacts): string | null {
  switch (name) {
    case "choropleth":
      return facts.hasUnits ? null : "This alignment has no units.";
    case "moves":
      if (facts.n_moves === null) return "Only scenarios of units have moves.";
      return facts.n_moves === 0 ? "Nothing has moved yet." : null;
    case "barriers":
      return facts.hasBarriers ? null : "There are no barriers.";
    default:
      return null;
  }
}

/** The order with one layer a step nearer to the front (−1) or to the ground (+1). */
export function movedLayer(
  order: readonly LayerName[],
  name: LayerName,
  step: -1 | 1,
): LayerName[] {
  const from = order.indexOf(name);
  const to = from + step;
  if (from < 0 || to < 0 || to >= order.length) return [...order];
  const moved = order.filter((other) => other !== name);
  moved.splice(to, 0, name);
  return moved;
}
