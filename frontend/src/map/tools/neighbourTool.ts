import { idleTool, type MapTool, type ToolContext } from "./tool";

/** A click on a unit at a border offers it to the territory beyond. */
export function createNeighbourTool(context: ToolContext): MapTool {
  return {
    ...idleTool,
    name: "neighbour",
    cursor: "pointer",
    dragMovesMap: false,
    exit: () => context.showHover([]),
    leave: () => context.showHover([]),
    move: (point) => {
      const unit = context.unitAt(point);
      context.showHover(unit ? [unit.id] : []);
    },
    up: (point) => {
      const unit = context.unitAt(point);
      const holder = context.territoryAt(point);
      if (!unit) context.events.refused("No unit there.");
      else if (context.isLocked(holder)) {
        context.events.refused(`${context.territoryName(holder)} is locked and keeps its units.`);
      } else context.events.givePicked([unit.id]);
    },
  };
}
