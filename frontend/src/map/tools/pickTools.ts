import { NOBODY } from "@/domain/units";
import { idleTool, type MapTool, type ToolContext, type ToolName, type ToolPoint } from "./tool";

interface PickRules {
  name: ToolName;
  picked(territoryId: number): void;
  cancel?(): boolean;
  exit?(): void;
}

/** Tools that act on the territory under a click. */
function createPickTool(context: ToolContext, rules: PickRules): MapTool {
  const leave = () => {
    context.showHover([]);
    context.events.hover(null);
  };
  return {
    ...idleTool,
    name: rules.name,
    cursor: "pointer",
    dragMovesMap: false,
    exit: () => {
      leave();
      rules.exit?.();
    },
    leave,
    move: (point: ToolPoint) => {
      const unit = context.unitAt(point);
      context.showHover(unit ? [unit.id] : []);
      context.events.hover({
        point,
        unit,
        territoryId: context.territoryAt(point),
        account: null,
      });
    },
    up: (point: ToolPoint) => {
      const territoryId = context.territoryAt(point);
      if (territoryId === NOBODY) context.events.refused("No territory there.");
      else rules.picked(territoryId);
    },
    cancel: rules.cancel ?? idleTool.cancel,
  };
}

export function createLockTool(context: ToolContext): MapTool {
  return createPickTool(context, { name: "lock", picked: context.events.lockPicked });
}

export function createFillTool(context: ToolContext): MapTool {
  return createPickTool(context, {
    name: "fill",
    picked: (territoryId) => {
      if (context.isLocked(territoryId)) {
        context.events.refused(`${context.territoryName(territoryId)} is locked. Unlock it first.`);
      } else {
        context.events.fillPicked(territoryId);
      }
    },
  });
}

export function createDeleteTool(context: ToolContext): MapTool {
  return createPickTool(context, {
    name: "delete",
    picked: (territoryId) => {
      if (context.isLocked(territoryId)) {
        context.events.refused(`${context.territoryName(territoryId)} is locked. Unlock it first.`);
      } else {
        context.events.deletePicked(territoryId);
      }
    },
  });
}

/** First click: what is taken up. Second click: what keeps its name and rep. */
export function createMergeTool(context: ToolContext): MapTool {
  let fromId: number | null = null;
  const forget = (): boolean => {
    const hadOne = fromId !== null;
    fromId = null;
    return hadOne;
  };
  return createPickTool(context, {
    name: "merge",
    exit: forget,
    cancel: forget,
    picked: (territoryId) => {
      if (context.isLocked(territoryId)) {
        context.events.refused(`${context.territoryName(territoryId)} is locked. Unlock it first.`);
      } else if (fromId === null || fromId === territoryId) {
        fromId = territoryId;
        context.events.refused(
          `Merge ${context.territoryName(territoryId)}: now click the territory that takes it up.`,
        );
      } else {
        const from = fromId;
        fromId = null;
        context.events.mergePicked(from, territoryId);
      }
    },
  });
}
