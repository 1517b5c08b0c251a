export interface LabelBox<T> {
  label: T;
  /** Where the label would like its middle, in pixels of the view. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** Placed before the others. */
  isFirst: boolean;
}

export interface PlacedLabel<T> {
  label: T;
  x: number;
  y: number;
}

/** Moves to try, in shares of the label's own size. */
const SHIFTS: readonly [number, number][] = [
  [0, 0],
  [0, -0.75],
  [0, 0.75],
  [0.5, 0],
  [-0.5, 0],
  [0.5, -0.75],
  [-0.5, 0.75],
  [0, -1.5],
  [0, 1.5],
];

export type Rectangle = readonly [left: number, top: number, right: number, bottom: number];

/** Greedy placement without overlaps; labels out of view or without room are left out. */
export function placeLabels<T>(
  boxes: readonly LabelBox<T>[],
  viewWidth: number,
  viewHeight: number,
  covered: readonly Rectangle[] = [],
): PlacedLabel<T>[] {
  const taken = [...covered];
  const placed: PlacedLabel<T>[] = [];
  const inOrder = [...boxes].sort((a, b) => Number(b.isFirst) - Number(a.isFirst));
  for (const box of inOrder) {
    if (box.x < 0 || box.y < 0 || box.x > viewWidth || box.y > viewHeight) continue;
    for (const [shiftX, shiftY] of SHIFTS) {
      const x = box.x + shiftX * box.width;
      const y = box.y + shiftY * box.height;
      const left = x - box.width / 2;
      const top = y - box.height / 2;
      const right = left + box.width;
      const bottom = top + box.height;
      const isTaken = taken.some(
        (other) => left < other[2] && right > other[0] && top < other[3] && bottom > other[1],
      );
      if (isTaken) continue;
      taken.push([left, top, right, bottom]);
      placed.push({ label: box.label, x, y });
      break;
    }
  }
  return placed;
}
