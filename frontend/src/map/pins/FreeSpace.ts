export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const CELL_PX = 64;

/** Keeps labels from covering pins and each other. */
export class FreeSpace {
  private readonly cells = new Map<string, Box[]>();

  take(box: Box): boolean {
    const keys = keysOf(box);
    if (keys.some((key) => this.cells.get(key)?.some((taken) => overlaps(taken, box)))) {
      return false;
    }
    this.put(box, keys);
    return true;
  }

  /** Takes the place whatever lies there already. */
  block(box: Box): void {
    this.put(box, keysOf(box));
  }

  private put(box: Box, keys: string[]): void {
    for (const key of keys) {
      const cell = this.cells.get(key);
      if (cell) cell.push(box);
      else this.cells.set(key, [box]);
    }
  }
}

function keysOf({ x, y, width, height }: Box): string[] {
  const keys: string[] = [];
  for (let column = Math.floor(x / CELL_PX); column * CELL_PX <= x + width; column++) {
    for (let row = Math.floor(y / CELL_PX); row * CELL_PX <= y + height; row++) {
      keys.push(`${column} ${row}`);
    }
  }
  return keys;
}

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
