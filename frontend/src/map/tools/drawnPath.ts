import { outerRing, thinPath } from "@/domain/rings";
import type { ToolContext, ToolPoint } from "./tool";

const SMALLEST_LOOP_POINTS = 4;

/** A path drawn by hand while the button is down, and shown until it is cleared. */
export function drawnPath(context: ToolContext, spacing_px: number) {
  let path: ToolPoint[] | null = null;
  let isShown = false;

  const clear = (): boolean => {
    const hadSomething = path !== null || isShown;
    path = null;
    isShown = false;
    context.showPath([], false);
    return hadSomething;
  };

  return {
    /** Forget the path. Says whether there was one. */
    clear,
    down: (point: ToolPoint) => {
      clear();
      path = [point];
    },
    move: (point: ToolPoint, isDown: boolean) => {
      const last = path?.at(-1);
      if (!isDown || !path || !last) return;
      if (Math.hypot(point.x - last.x, point.y - last.y) < spacing_px) return;
      path.push(point);
      isShown = true;
      context.showPath(path, false);
    },
    /** The path as it was when the button came up; what is shown stays. */
    finish: (): ToolPoint[] | null => {
      const finished = path;
      path = null;
      return finished;
    },
  };
}

/** The path as a closed ring; null where it is too short to enclose anything. */
export function loopOf(path: readonly ToolPoint[]): [number, number][] | null {
  if (path.length < SMALLEST_LOOP_POINTS) return null;
  const thinned = thinPath(
    path.map(({ lon, lat }) => [lon, lat] as const),
    0,
  );
  return outerRing(thinned);
}
