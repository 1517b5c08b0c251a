import { idleTool, type MapTool, type ToolContext, type ToolPoint } from "./tool";

const CLICK_SLACK_PX = 5;

export function createSelectTool(context: ToolContext): MapTool {
  let pressed: ToolPoint | null = null;

  const hover = (point: ToolPoint) => {
    const unit = context.unitAt(point);
    context.showHover(unit ? [unit.id] : []);
    context.events.hover({
      point,
      unit,
      territoryId: context.territoryAt(point),
      account: context.accountAt(point),
    });
  };
  const leave = () => {
    context.showHover([]);
    context.events.hover(null);
  };

  return {
    ...idleTool,
    name: "select",
    cursor: "default",
    dragMovesMap: true,
    exit: leave,
    leave,
    down: (point) => {
      pressed = point;
    },
    move: (point, isDown) => {
      if (!isDown) hover(point);
    },
    up: (point) => {
      const start = pressed;
      pressed = null;
      if (!start || Math.hypot(point.x - start.x, point.y - start.y) > CLICK_SLACK_PX) return;
      const account = context.accountAt(point);
      if (account?.id) {
        context.events.selectAccount(account.id);
        return;
      }
      context.events.selectTerritory(context.territoryAt(point) || null);
    },
    cancel: () => {
      if (context.activeTerritory() === null) return false;
      context.events.selectTerritory(null);
      return true;
    },
  };
}
