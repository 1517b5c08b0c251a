import type { DecodedAccounts } from "./decoded";

interface UnitShapes {
  coords: Int16Array;
  ringStarts: Uint32Array;
  unitRings: Uint32Array;
  boxes: Int16Array;
}

/** Position of the unit that holds a point given in tile units, or null. */
export function unitAt(tile: UnitShapes, x: number, y: number): number | null {
  const { boxes } = tile;
  for (let unit = 0, box = 0; box < boxes.length; unit++, box += 4) {
    if (x < value(boxes, box) || y < value(boxes, box + 1)) continue;
    if (x > value(boxes, box + 2) || y > value(boxes, box + 3)) continue;
    if (isInUnit(tile, unit, x, y)) return unit;
  }
  return null;
}

function isInUnit(tile: UnitShapes, unit: number, x: number, y: number): boolean {
  const { coords, ringStarts, unitRings } = tile;
  let isInside = false;
  for (let ring = value(unitRings, unit); ring < value(unitRings, unit + 1); ring++) {
    const end = value(ringStarts, ring + 1);
    for (let point = value(ringStarts, ring); point < end - 1; point++) {
      const xi = value(coords, point * 2);
      const yi = value(coords, point * 2 + 1);
      const xj = value(coords, point * 2 + 2);
      const yj = value(coords, point * 2 + 3);
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) isInside = !isInside;
    }
  }
  return isInside;
}

/** Position of the nearest account within reach, or null; reach in tile units. */
export function accountNear(
  tile: DecodedAccounts,
  x: number,
  y: number,
  reach: number,
): number | null {
  let nearest: number | null = null;
  let best = reach * reach;
  for (let i = 0; i < tile.counts.length; i++) {
    const dx = value(tile.coords, i * 2) - x;
    const dy = value(tile.coords, i * 2 + 1) - y;
    const distance = dx * dx + dy * dy;
    if (distance <= best) {
      best = distance;
      nearest = i;
    }
  }
  return nearest;
}

function value(values: Int16Array | Uint32Array, position: number): number {
  return values[position] ?? 0;
}
