import { drawnPath, loopOf } from "./drawnPath";
import { idleTool, type MapTool, type ToolContext } from "./tool";

const SPACING_PX = 3;

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
      const ring = loopOf(finished);
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
