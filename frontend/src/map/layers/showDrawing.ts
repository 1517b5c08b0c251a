export type DrawingContext = OffscreenCanvasRenderingContext2D;

const board = new OffscreenCanvas(1, 1);

/**
 * Draw, and have the canvas show the result as a finished picture, scaled for this screen.
 * A canvas with a drawing context of its own is copied for the compositor in every frame of a pan.
 */
export function showDrawing(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  draw: (context: DrawingContext) => void,
): void {
  const resolution = Math.min(2, window.devicePixelRatio || 1);
  // Setting a size also clears the board and resets its context.
  board.width = Math.round(width * resolution);
  board.height = Math.round(height * resolution);
  const context = board.getContext("2d");
  if (!context) return;
  context.scale(resolution, resolution);
  draw(context);
  canvas.width = board.width;
  canvas.height = board.height;
  canvas.getContext("bitmaprenderer")?.transferFromImageBitmap(board.transferToImageBitmap());
}
