export interface LabelBox<T> {
  label: T;
  /** Where the label would like its middle, in pixels of the view. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** Size of a shorter form for where the whole has no room. */
  short?: { width: number; height: number } | null;
  /** Placed before the others. */
  isFirst: boolean;
}

export interface PlacedLabel<T> {
  label: T;
  x: number;
  y: number;
  isShort: boolean;
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
    for (const size of box.short ? [box, box.short] : [box]) {
      const place = freePlace(box.x, box.y, size, taken);
      if (!place) continue;
      const { x, y, rectangle } = place;
      taken.push(rectangle);
      placed.push({ label: box.label, x, y, isShort: size !== box });
      break;
    }
  }
  return placed;
}

function freePlace(
  wantedX: number,
  wantedY: number,
  { width, height }: { width: number; height: number },
  taken: readonly Rectangle[],
): { x: number; y: number; rectangle: Rectangle } | null {
  for (const [shiftX, shiftY] of SHIFTS) {
    const x = wantedX + shiftX * width;
    const y = wantedY + shiftY * height;
    const left = x - width / 2;
    const top = y - height / 2;
    const rectangle: Rectangle = [left, top, left + width, top + height];
    if (!taken.some((other) => overlaps(rectangle, other))) return { x, y, rectangle };
  }
  return null;
}

function overlaps(a: Rectangle, b: Rectangle): boolean {
  return a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
}
