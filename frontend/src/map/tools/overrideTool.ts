import { drawnPath, loopOf } from "./drawnPath";
import { idleTool, type MapTool, type ToolContext } from "./tool";

const SPACING_PX = 3;

/** A click on an account, or a loop around some: they are to be kept with a territory by name. */
export function createOverrideTool(context: ToolContext): MapTool {
  const path = drawnPath(context, SPACING_PX);
  const leave = () => context.events.hover(null);
  return {
    ...idleTool,
    name: "override",
    cursor: "crosshair",
    dragMovesMap: false,
    exit: () => {
      path.clear();
      leave();
    },
    leave,
    down: path.down,
    move: (point, isDown) => {
      path.move(point, isDown);
      if (isDown) return;
      const account = context.accountAt(point);
      context.events.hover({
        point,
        unit: null,
        territoryId: account?.territoryId ?? context.territoryAt(point),
        account,
      });
    },
    up: (point) => {
      const finished = path.finish();
      if (!finished) return;
      const ring = loopOf(finished);
      if (ring) {
        context.showPath(finished, true);
        context.events.accountsPicked({ ring });
        return;
      }
      path.clear();
      const account = context.accountAt(point);
      if (account?.id) context.events.accountsPicked({ accountId: account.id });
      else if (account)
        context.events.refused("Several accounts lie here: zoom in, or draw a loop.");
      else context.events.refused("Click an account, or draw a loop around some.");
    },
    cancel: path.clear,
  };
}
