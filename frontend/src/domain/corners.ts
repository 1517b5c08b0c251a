/** Corners that several drawn boundaries share: the browser's preview of what the server will do. */

export type Place = readonly [lon: number, lat: number];
export type Rings = readonly (readonly Place[])[];

export interface CornerMove {
  /** A corner, or a place on an edge where one is put in. */
  corner: Place;
  /** Null takes the corner away. */
  to: Place | null;
}

/** About a metre: borders nearer than this are one border. */
const SAME_DEG = 1 / 111_320;

export function middleOf(a: Place, b: Place): Place {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}

/** The closed rings with the corner moved, or null where their border does not pass it. */
export function withCornerMoved(rings: Rings, move: CornerMove): Place[][] | null {
  let isThere = false;
  const moved = rings.map((closed) => {
    const ring = closed.slice(0, -1);
    const after = movedRing(ring, move);
    if (after) isThere = true;
    const shown = after ?? ring;
    return shown[0] ? [...shown, shown[0]] : [];
  });
  return isThere ? moved : null;
}

function movedRing(ring: readonly Place[], { corner, to }: CornerMove): Place[] | null {
  const inserted = to ? [to] : [];
  const at = ring.findIndex((place) => apart(place, corner) <= SAME_DEG);
  if (at >= 0) return [...ring.slice(0, at), ...inserted, ...ring.slice(at + 1)];
  const edge = ring.findIndex((start, i) => {
    const end = ring[(i + 1) % ring.length] ?? start;
    return apart(nearestOn(start, end, corner), corner) <= SAME_DEG;
  });
  return edge < 0 ? null : [...ring.slice(0, edge + 1), ...inserted, ...ring.slice(edge + 1)];
}

/** Whether the two edges at a corner of a ring (not closed) cross the rest of its rings. */
export function foldsAt(ring: readonly Place[], index: number, others: Rings = []): boolean {
  const n = ring.length;
  const at = (i: number) => ring[(i + n) % n] as Place;
  const corner = at(index);
  const rest: [Place, Place][] = [];
  for (let i = 1; i < n - 1; i++) rest.push([at(index + i), at(index + i + 1)]);
  for (const other of others) {
    other.forEach((start, i) => {
      rest.push([start, other[(i + 1) % other.length] as Place]);
    });
  }
  return [at(index - 1), at(index + 1)].some((end) =>
    rest.some(([a, b]) => a !== end && b !== end && cross(corner, end, a, b)),
  );
}

function cross(a: Place, b: Place, c: Place, d: Place): boolean {
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}

function side(a: Place, b: Place, place: Place): boolean {
  return (b[0] - a[0]) * (place[1] - a[1]) > (b[1] - a[1]) * (place[0] - a[0]);
}

/** How far along from a to b (0…1) the point of the segment lies that is nearest to a place. */
export function shareAlong(a: Place, b: Place, place: Place): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length2 = dx * dx + dy * dy;
  if (length2 === 0) return 0;
  const share = ((place[0] - a[0]) * dx + (place[1] - a[1]) * dy) / length2;
  return Math.max(0, Math.min(1, share));
}

export function between(a: Place, b: Place, share: number): Place {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
}

export function apart(a: Place, b: Place): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

function nearestOn(a: Place, b: Place, place: Place): Place {
  return between(a, b, shareAlong(a, b, place));
}
