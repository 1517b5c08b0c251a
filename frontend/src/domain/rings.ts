/** Plane geometry on rings of [x, y] pairs; what the map draws, hits and sends. */

export type Position = readonly [x: number, y: number];
export type Ring = readonly Position[];

/** Twice the signed area: positive when the ring runs counter-clockwise with y upward. */
export function signedArea2(ring: Ring): number {
  let area = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i] as Position;
    const [xj, yj] = ring[j] as Position;
    area += xj * yi - xi * yj;
  }
  return area;
}

export function isInRing(x: number, y: number, ring: Ring): boolean {
  let isInside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i] as Position;
    const [xj, yj] = ring[j] as Position;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) isInside = !isInside;
  }
  return isInside;
}

/** Inside an odd number of rings: right for holes and for several parts alike. */
export function isInRings(x: number, y: number, rings: readonly Ring[]): boolean {
  return rings.reduce((odd, ring) => odd !== isInRing(x, y, ring), false);
}

/** A closed counter-clockwise ring as GeoJSON wants it; null when fewer than three corners differ. */
export function outerRing(points: Ring): [number, number][] | null {
  const corners: [number, number][] = [];
  for (const [x, y] of points) {
    const last = corners.at(-1);
    if (!last || last[0] !== x || last[1] !== y) corners.push([x, y]);
  }
  const first = corners[0];
  const last = corners.at(-1);
  if (first && last && corners.length > 1 && first[0] === last[0] && first[1] === last[1]) {
    corners.pop();
  }
  if (corners.length < 3 || signedArea2(corners) === 0) return null;
  if (signedArea2(corners) < 0) corners.reverse();
  const start = corners[0] as [number, number];
  return [...corners, [start[0], start[1]]];
}

/** Drop points nearer than `spacing` to the one kept before: a hand-drawn path, thinned. */
export function thinPath(points: Ring, spacing: number): Position[] {
  const kept: Position[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (!last || Math.hypot(point[0] - last[0], point[1] - last[1]) >= spacing) kept.push(point);
  }
  return kept;
}
