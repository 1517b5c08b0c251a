/**
 * Territory colours. Light and dark steps alternate through hues that stay apart for the common
 * kinds of colour blindness; neighbours never share one, and labels carry the name besides.
 */
export const TERRITORY_COLOURS = [
  "#4e94c9",
  "#e39a4b",
  "#57b3a0",
  "#d9736b",
  "#a98ad0",
  "#c9b53c",
  "#7fb95a",
  "#d487b5",
  "#8c9bd9",
  "#b98a5e",
  "#5fb8d6",
  "#e0b48a",
] as const;

export const NOBODY_COLOUR = "#b9c1c6";

export type Neighbours = ReadonlyMap<number, ReadonlySet<number>>;

/** A colour no neighbour has; among those the one used least, so that the whole map stays apart. */
export function freeColour(
  territoryId: number,
  colours: ReadonlyMap<number, string>,
  neighbours: Neighbours,
): string {
  const around = new Set(
    [...(neighbours.get(territoryId) ?? [])].map((id) => colours.get(id)?.toLowerCase()),
  );
  const used = new Map<string, number>();
  for (const colour of colours.values()) {
    const key = colour.toLowerCase();
    used.set(key, (used.get(key) ?? 0) + 1);
  }
  const byUse = [...TERRITORY_COLOURS].sort((a, b) => (used.get(a) ?? 0) - (used.get(b) ?? 0));
  return byUse.find((colour) => !around.has(colour)) ?? byUse[0] ?? NOBODY_COLOUR;
}

/** Which territories touch, from the edges between their units. */
export function territoryNeighbours(
  edges: readonly (readonly number[])[],
  ownerOf: (unitId: number) => number,
): Map<number, Set<number>> {
  const neighbours = new Map<number, Set<number>>();
  const link = (a: number, b: number) => {
    const known = neighbours.get(a);
    if (known) known.add(b);
    else neighbours.set(a, new Set([b]));
  };
  for (const [first = 0, second = 0] of edges) {
    const a = ownerOf(first);
    const b = ownerOf(second);
    if (a === b || a === 0 || b === 0) continue;
    link(a, b);
    link(b, a);
  }
  return neighbours;
}
