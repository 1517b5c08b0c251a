import type { DrawingContext } from "./showDrawing";

const cache = new Map<string, HTMLCanvasElement>();

/** Diagonal lines; `spacing` in pixels, drawn once per colour. */
function hatch(colour: string, spacing: number, width: number): HTMLCanvasElement {
  const key = `${colour} ${spacing} ${width}`;
  const known = cache.get(key);
  if (known) return known;
  const canvas = document.createElement("canvas");
  canvas.width = spacing;
  canvas.height = spacing;
  const context = canvas.getContext("2d");
  if (context) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    for (const shift of [-spacing, 0, spacing]) {
      context.moveTo(shift, spacing);
      context.lineTo(shift + spacing, 0);
    }
    context.stroke();
  }
  cache.set(key, canvas);
  return canvas;
}

function pattern(
  context: DrawingContext,
  tile: HTMLCanvasElement,
  scale: number,
): CanvasPattern | null {
  const made = context.createPattern(tile, "repeat");
  made?.setTransform(new DOMMatrix().scale(scale));
  return made;
}

/** What locked ground looks like. `scale` undoes the drawing's own scale. */
export function lockPattern(context: DrawingContext, scale: number) {
  return pattern(context, hatch("rgba(20, 37, 46, 0.30)", 9, 1.4), scale);
}

/** Ground claimed twice. */
export function overlapPattern(context: DrawingContext) {
  return pattern(context, hatch("rgba(168, 32, 26, 0.75)", 8, 2), 1);
}

/** Ground nobody covers. */
export function whiteSpacePattern(context: DrawingContext) {
  return pattern(context, hatch("rgba(138, 90, 0, 0.70)", 12, 1.5), 1);
}
