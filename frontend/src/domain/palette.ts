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

/** Territories whose boxes meet: all that touch, and some that nearly do. Where the ground is drawn, not made of units. */
export function boxNeighbours(
  territories: readonly { id: number; bbox: readonly number[] | null }[],
): Map<number, Set<number>> {
  const neighbours = new Map<number, Set<number>>();
  for (const { id, bbox } of territories) {
    if (!bbox) continue;
    const beside = territories.filter((other) => other.id !== id && boxesMeet(bbox, other.bbox));
    neighbours.set(id, new Set(beside.map((other) => other.id)));
  }
  return neighbours;
}

function boxesMeet(a: readonly number[], b: readonly number[] | null): boolean {
  if (!b) return false;
  const [west = 0, south = 0, east = 0, north = 0] = a;
  const [otherWest = 0, otherSouth = 0, otherEast = 0, otherNorth = 0] = b;
  return west <= otherEast && otherWest <= east && south <= otherNorth && otherSouth <= north;
}

/** Who has ground beside these units. */
export function ownersBeside(
  edges: readonly (readonly number[])[],
  ownerOf: (unitId: number) => number,
  unitIds: ReadonlySet<number>,
): Set<number> {
  const owners = new Set<number>();
  for (const [first = 0, second = 0] of edges) {
    if (unitIds.has(first) === unitIds.has(second)) continue;
    owners.add(ownerOf(unitIds.has(first) ? second : first));
  }
  owners.delete(0);
  return owners;
}

/**
 * New colours for as few territories as it takes that neighbours differ; empty where they do. Only where changing
 * these alone does not do it all are coloured anew, those with the fewest neighbours last (Matula & Beck 1983): then
 * six colours are enough for any map.
 */
export function distinctColours(
  present: ReadonlyMap<number, string>,
  neighbours: Neighbours,
): Map<number, string> {
  const changes = new Map<number, string>();
  const colours = new Map(present);
  for (const id of present.keys()) {
    if (!hasTwin(id, colours, neighbours)) continue;
    const colour = freeColour(id, colours, neighbours);
    colours.set(id, colour);
    changes.set(id, colour);
  }
  const isDone = [...present.keys()].every((id) => !hasTwin(id, colours, neighbours));
  return isDone ? changes : allAnew(present, neighbours);
}

function hasTwin(id: number, colours: ReadonlyMap<number, string>, neighbours: Neighbours) {
  const own = colours.get(id)?.toLowerCase();
  return [...(neighbours.get(id) ?? [])].some((other) => colours.get(other)?.toLowerCase() === own);
}

function allAnew(present: ReadonlyMap<number, string>, neighbours: Neighbours) {
  const colours = new Map<number, string>();
  for (const id of smallestLast(present, neighbours)) {
    colours.set(id, freeColour(id, colours, neighbours));
  }
  return new Map([...colours].filter(([id, colour]) => present.get(id)?.toLowerCase() !== colour));
}

function smallestLast(present: ReadonlyMap<number, string>, neighbours: Neighbours): number[] {
  const left = new Set(present.keys());
  const n_beside = (id: number) =>
    [...(neighbours.get(id) ?? [])].filter((other) => left.has(other)).length;
  const order: number[] = [];
  while (left.size > 0) {
    const next = [...left].reduce((best, id) => (n_beside(id) < n_beside(best) ? id : best));
    left.delete(next);
    order.unshift(next);
  }
  return order;
}
