import { NO_UNIT } from "./decoded";
import { unitAt } from "./hitTest";

interface UnitShapes {
  coords: Int16Array;
  ringStarts: Uint32Array;
  unitRings: Uint32Array;
  boxes: Int16Array;
  extent: number;
}

interface Borders {
  borderSides: Uint32Array;
  borderStarts: Uint32Array;
  segments: Int16Array;
}

const AXIS_RANGE = 8192;
const CORNER_RANGE = AXIS_RANGE * AXIS_RANGE;
const MARGIN = 1024;
const PROBE_TILE_UNITS = 3;

/**
 * Which two units each stretch of border lies between. Neighbours mostly share exact segments;
 * where rounding to the tile grid moved a vertex of only one of them, a probe to the other side
 * finds the neighbour, so that no stray outline appears inside a territory.
 */
export function findBorders(shapes: UnitShapes): Borders {
  const { coords, ringStarts, unitRings } = shapes;
  const firstSide = new Map<number, [unit: number, from: number, to: number]>();
  const borders = new Map<number, number[]>();
  const n_units = unitRings.length - 1;

  const addSegment = (a: number, b: number, from: number, to: number) => {
    const low = Math.min(a, b);
    const high = Math.max(a, b);
    const key = low * (n_units + 1) + (high === NO_UNIT ? n_units : high);
    const list = borders.get(key);
    const values = [at(coords, from), at(coords, from + 1), at(coords, to), at(coords, to + 1)];
    if (list) list.push(...values);
    else borders.set(key, values);
  };

  for (let unit = 0; unit < n_units; unit++) {
    for (let ring = at(unitRings, unit); ring < at(unitRings, unit + 1); ring++) {
      const end = at(ringStarts, ring + 1);
      for (let point = at(ringStarts, ring); point < end - 1; point++) {
        const from = point * 2;
        const to = from + 2;
        const key = segmentKey(coords, from, to);
        const known = firstSide.get(key);
        if (known && known[0] !== unit) {
          addSegment(known[0], unit, from, to);
          firstSide.delete(key);
        } else {
          firstSide.set(key, [unit, from, to]);
        }
      }
    }
  }
  for (const [unit, from, to] of firstSide.values()) {
    if (isOutsideTile(coords, from, to, shapes.extent)) continue;
    addSegment(unit, otherSide(shapes, unit, from, to), from, to);
  }
  return packed(borders, n_units);
}

/** Both corners in one exact integer: tile coordinates fit 13 bits, four of them 52. */
function segmentKey(coords: Int16Array, from: number, to: number): number {
  const a = cornerKey(at(coords, from), at(coords, from + 1));
  const b = cornerKey(at(coords, to), at(coords, to + 1));
  return Math.min(a, b) * CORNER_RANGE + Math.max(a, b);
}

function cornerKey(x: number, y: number): number {
  return (x + MARGIN) * AXIS_RANGE + y + MARGIN;
}

function otherSide(shapes: UnitShapes, unit: number, from: number, to: number): number {
  const { coords } = shapes;
  const dx = at(coords, to) - at(coords, from);
  const dy = at(coords, to + 1) - at(coords, from + 1);
  const length = Math.hypot(dx, dy) || 1;
  const middleX = at(coords, from) + dx / 2;
  const middleY = at(coords, from + 1) + dy / 2;
  for (const sign of [1, -1]) {
    const x = middleX + (sign * PROBE_TILE_UNITS * -dy) / length;
    const y = middleY + (sign * PROBE_TILE_UNITS * dx) / length;
    const found = unitAt(shapes, x, y);
    if (found !== null && found !== unit) return found;
  }
  return NO_UNIT;
}

/** Clipping leaves edges along the tile's buffer that are no borders at all. */
function isOutsideTile(coords: Int16Array, from: number, to: number, extent: number): boolean {
  const isBeyond = (a: number, b: number) => (a < 0 && b < 0) || (a > extent && b > extent);
  return (
    isBeyond(at(coords, from), at(coords, to)) || isBeyond(at(coords, from + 1), at(coords, to + 1))
  );
}

function packed(borders: Map<number, number[]>, n_units: number): Borders {
  const borderSides = new Uint32Array(borders.size * 2);
  const borderStarts = new Uint32Array(borders.size + 1);
  const n_values = [...borders.values()].reduce((total, list) => total + list.length, 0);
  const segments = new Int16Array(n_values);
  let border = 0;
  let offset = 0;
  for (const [key, list] of borders) {
    const high = key % (n_units + 1);
    borderSides[border * 2] = Math.floor(key / (n_units + 1));
    borderSides[border * 2 + 1] = high === n_units ? NO_UNIT : high;
    segments.set(list, offset);
    offset += list.length;
    borderStarts[++border] = offset / 4;
  }
  return { borderSides, borderStarts, segments };
}

function at(values: Int16Array | Uint32Array, position: number): number {
  return values[position] ?? 0;
}
