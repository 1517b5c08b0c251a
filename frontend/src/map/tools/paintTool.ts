import { beginStroke, extendStroke, movesOf, type Stroke } from "@/domain/stroke";
import { NOBODY, type UnitOwners } from "@/domain/units";
import { idleTool, type MapTool, type ToolContext, type ToolPoint } from "./tool";

const LONGEST_STEP_PX = 6;

/** Press, drag, release: every unit the brush touched goes to the active territory as one edit. */
export function createPaintTool(context: ToolContext): MapTool {
  let stroke: Stroke | null = null;
  let ownersBefore: UnitOwners = new Map();
  let last: ToolPoint | null = null;

  const unitsUnder = (point: ToolPoint): number[] => {
    const { radius_px } = context.brush();
    const under = context.unitAt(point);
    const around = context.unitsWithin(point, radius_px);
    return under ? [under.id, ...around] : around;
  };

  const paintTo = (point: ToolPoint) => {
    if (!stroke) return;
    const before = stroke;
    for (const step of pointsBetween(last ?? point, point)) {
      stroke = extendStroke(stroke, unitsUnder(step), ownersBefore, context.isLocked);
    }
    last = point;
    if (stroke.refusedBy.size > before.refusedBy.size) {
      const newest = [...stroke.refusedBy].at(-1) ?? NOBODY;
      context.events.refused(`${context.territoryName(newest)} is locked and keeps its units.`);
    }
    if (stroke.moves !== before.moves) {
      const moves = movesOf(stroke);
      context.previewMoves(moves);
      context.events.strokeChanged(moves);
    }
  };

  const cancel = (): boolean => {
    if (!stroke) return false;
    stroke = null;
    context.previewMoves([]);
    context.events.strokeChanged([]);
    return true;
  };

  return {
    ...idleTool,
    name: "paint",
    cursor: "crosshair",
    dragMovesMap: false,
    exit: () => {
      cancel();
      context.showBrush(null);
      context.showHover([]);
    },
    leave: () => {
      context.showBrush(null);
      context.showHover([]);
    },
    down: (point) => {
      if (point.isAlt) {
        context.events.selectTerritory(context.territoryAt(point) || null);
        return;
      }
      const to = context.activeTerritory();
      if (to === null) {
        context.events.refused(
          "Choose the territory to paint with, in the list or with Alt + click.",
        );
        return;
      }
      if (context.isLocked(to)) {
        context.events.refused(
          `${context.territoryName(to)} is locked. Unlock it to paint with it.`,
        );
        return;
      }
      ownersBefore = context.owners();
      stroke = beginStroke(to, context.brush().onlyUnassigned);
      last = point;
      paintTo(point);
    },
    move: (point) => {
      context.showBrush(point);
      const under = context.unitAt(point);
      context.showHover(under ? [under.id] : []);
      paintTo(point);
    },
    up: () => {
      const ended = stroke;
      stroke = null;
      last = null;
      if (ended && ended.moves.size > 0) context.events.strokeEnded(movesOf(ended));
    },
    cancel,
  };
}

/** A fast hand skips pixels; the stroke must not. */
function pointsBetween(from: ToolPoint, to: ToolPoint): ToolPoint[] {
  const distance = Math.hypot(to.x - from.x, to.y - from.y);
  const n_steps = Math.max(1, Math.ceil(distance / LONGEST_STEP_PX));
  return Array.from({ length: n_steps }, (_, i) => {
    const share = (i + 1) / n_steps;
    const between = (a: number, b: number) => a + (b - a) * share;
    return {
      ...to,
      x: between(from.x, to.x),
      y: between(from.y, to.y),
      lon: between(from.lon, to.lon),
      lat: between(from.lat, to.lat),
    };
  });
}
