import { outerRing, thinPath } from "@/domain/rings";
import { idleTool, type MapTool, type ToolContext, type ToolPoint } from "./tool";

const SPACING_PX = 3;
const SMALLEST_PATH_POINTS = 4;

/** A loop drawn by hand. It only says what it encloses; committing is the desk's decision. */
export function createLassoTool(context: ToolContext): MapTool {
  let path: ToolPoint[] | null = null;
  let isShown = false;

  const clear = () => {
    path = null;
    isShown = false;
    context.showPath([], false);
  };

  return {
    ...idleTool,
    name: "lasso",
    cursor: "crosshair",
    dragMovesMap: false,
    exit: clear,
    down: (point) => {
      clear();
      path = [point];
    },
    move: (point, isDown) => {
      const last = path?.at(-1);
      if (!isDown || !path || !last) return;
      if (Math.hypot(point.x - last.x, point.y - last.y) < SPACING_PX) return;
      path.push(point);
      isShown = true;
      context.showPath(path, false);
    },
    up: () => {
      const finished = path;
      path = null;
      if (!finished) return;
      const thinned = thinPath(
        finished.map(({ lon, lat }) => [lon, lat] as const),
        0,
      );
      const ring = finished.length >= SMALLEST_PATH_POINTS ? outerRing(thinned) : null;
      if (!ring) {
        clear();
        context.events.refused("Draw a loop around what you mean; that was too short.");
        return;
      }
      context.showPath(finished, true);
      context.events.lassoClosed(ring);
    },
    cancel: () => {
      const hadSomething = path !== null || isShown;
      clear();
      return hadSomething;
    },
  };
}
