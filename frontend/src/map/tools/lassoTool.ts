import { outerRing, thinPath } from "@/domain/rings";
import { drawnPath } from "./drawnPath";
import { idleTool, type MapTool, type ToolContext } from "./tool";

const SPACING_PX = 3;
const SMALLEST_PATH_POINTS = 4;

/** A loop drawn by hand. It only says what it encloses; committing is the desk's decision. */
export function createLassoTool(context: ToolContext): MapTool {
  const path = drawnPath(context, SPACING_PX);
  return {
    ...idleTool,
    name: "lasso",
    cursor: "crosshair",
    dragMovesMap: false,
    exit: path.clear,
    down: path.down,
    move: path.move,
    up: () => {
      const finished = path.finish();
      if (!finished) return;
      const thinned = thinPath(
        finished.map(({ lon, lat }) => [lon, lat] as const),
        0,
      );
      const ring = finished.length >= SMALLEST_PATH_POINTS ? outerRing(thinned) : null;
      if (!ring) {
        path.clear();
        context.events.refused("Draw a loop around what you mean; that was too short.");
        return;
      }
      context.showPath(finished, true);
      context.events.lassoClosed(ring);
    },
    cancel: path.clear,
  };
}
