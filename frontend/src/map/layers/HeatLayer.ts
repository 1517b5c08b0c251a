import type * as L from "leaflet";
import type { AccountLayer } from "./AccountLayer";
import type { DrawingContext } from "./showDrawing";
import { ViewportCanvas } from "./ViewportCanvas";

const CELL_PX = 4;
const BLUR_CELLS = 3;
const BLUR_PASSES = 2;

/** Colour steps from sparse to dense: red, green, blue, alpha. */
const RAMP: readonly [number, number, number, number][] = [
  [254, 217, 118, 0],
  [254, 178, 76, 120],
  [253, 141, 60, 170],
  [240, 59, 32, 205],
  [165, 0, 70, 230],
];

/** Density of accounts as heat, from the points and groups the account tiles hold. */
export class HeatLayer extends ViewportCanvas {
  protected override readonly drawsAtRestOnly = true;

  constructor(
    pane: string,
    private readonly accounts: AccountLayer,
  ) {
    super(pane);
  }

  protected override readonly isEmpty = false;

  protected draw(context: DrawingContext, part: L.Bounds): void {
    const size = part.getSize();
    const columns = Math.ceil(size.x / CELL_PX) + 2 * BLUR_CELLS;
    const rows = Math.ceil(size.y / CELL_PX) + 2 * BLUR_CELLS;
    const heat = new Float32Array(columns * rows);
    const map = this._map;
    const zoomScale = map.getZoomScale(map.getZoom(), this.accounts.dataZoom);
    const origin = map.project(map.getCenter()).subtract(size.divideBy(2));
    this.accounts.forEachPoint((x, y, n_accounts) => {
      const column = Math.floor((x * zoomScale - origin.x) / CELL_PX) + BLUR_CELLS;
      const row = Math.floor((y * zoomScale - origin.y) / CELL_PX) + BLUR_CELLS;
      if (column < 0 || row < 0 || column >= columns || row >= rows) return;
      const cell = row * columns + column;
      heat[cell] = (heat[cell] ?? 0) + n_accounts;
    });
    blur(heat, columns, rows);
    const image = colourise(heat, columns, rows);
    if (!image) return;
    context.imageSmoothingEnabled = true;
    const shift = -BLUR_CELLS * CELL_PX;
    context.drawImage(image, shift, shift, columns * CELL_PX, rows * CELL_PX);
  }
}

/** Box blur repeated comes close to a Gaussian, at a cost that does not grow with its width. */
function blur(heat: Float32Array, columns: number, rows: number): void {
  for (let pass = 0; pass < BLUR_PASSES; pass++) {
    for (let row = 0; row < rows; row++) blurLine(heat, row * columns, 1, columns);
    for (let column = 0; column < columns; column++) blurLine(heat, column, columns, rows);
  }
}

function blurLine(heat: Float32Array, start: number, step: number, length: number): void {
  const line = new Float32Array(length);
  let running = 0;
  for (let i = -BLUR_CELLS; i < length; i++) {
    const entering = i + BLUR_CELLS;
    const leaving = i - BLUR_CELLS - 1;
    if (entering < length) running += heat[start + entering * step] ?? 0;
    if (leaving >= 0) running -= heat[start + leaving * step] ?? 0;
    if (i >= 0) line[i] = running / (2 * BLUR_CELLS + 1);
  }
  for (let i = 0; i < length; i++) heat[start + i * step] = line[i] ?? 0;
}

function colourise(heat: Float32Array, columns: number, rows: number): HTMLCanvasElement | null {
  const canvas = document.createElement("canvas");
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext("2d");
  const densest = heat.reduce((most, value) => Math.max(most, value), 0);
  if (!context || densest <= 0) return null;
  const image = context.createImageData(columns, rows);
  for (let cell = 0; cell < heat.length; cell++) {
    const share = (Math.max(0, heat[cell] ?? 0) / densest) ** 0.6;
    if (share < 0.02) continue;
    const place = Math.min(0.9999, share) * (RAMP.length - 1);
    const low = RAMP[Math.floor(place)] ?? RAMP[0];
    const high = RAMP[Math.floor(place) + 1] ?? low;
    if (!low || !high) continue;
    const mix = place - Math.floor(place);
    for (const channel of [0, 1, 2, 3] as const) {
      image.data[cell * 4 + channel] = low[channel] + (high[channel] - low[channel]) * mix;
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}
