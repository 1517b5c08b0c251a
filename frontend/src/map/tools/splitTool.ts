import { thinPath } from "@/domain/rings";
import { NOBODY } from "@/domain/units";
import { drawnPath } from "./drawnPath";
import { idleTool, type MapTool, type ToolContext, type ToolPoint } from "./tool";

const SPACING_PX = 4;
const SHORTEST_LINE_PX = 12;

/** A line dragged across a territory; a click asks to split it another way. */
export function createSplitTool(context: ToolContext): MapTool {
  const path = drawnPath(context, SPACING_PX);
  const heldBy = (points: readonly ToolPoint[]): number => {
    const selected = context.activeTerritory();
    const crossed = points.map((point) => context.territoryAt(point)).filter((id) => id !== NOBODY);
    if (selected !== null && crossed.includes(selected)) return selected;
    const counts = new Map<number, number>();
    for (const id of crossed) counts.set(id, (counts.get(id) ?? 0) + 1);
    return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? NOBODY;
  };

  return {
    ...idleTool,
    name: "split",
    cursor: "crosshair",
    dragMovesMap: false,
    exit: () => {
      path.clear();
      context.showHover([]);
    },
    leave: () => context.showHover([]),
    down: path.down,
    move: path.move,
    up: (point) => {
      const finished = path.finish();
      if (!finished) return;
      const [first] = finished;
      const isLine = first && Math.hypot(point.x - first.x, point.y - first.y) >= SHORTEST_LINE_PX;
      const territoryId = heldBy(finished);
      if (!isLine) path.clear();
      if (territoryId === NOBODY) {
        path.clear();
        context.events.refused("Draw the line across a territory.");
      } else if (context.isLocked(territoryId)) {
        path.clear();
        context.events.refused(`${context.territoryName(territoryId)} is locked. Unlock it first.`);
      } else {
        const line = thinPath(
          finished.map(({ lon, lat }) => [lon, lat] as const),
          0,
        ).map(([lon, lat]): [number, number] => [lon, lat]);
        context.events.splitPicked(territoryId, isLine ? line : null);
      }
    },
    cancel: path.clear,
  };
}
