import { idleTool, type MapTool, type ToolContext, type ToolPoint } from "./tool";

const SMALLEST_SIDE_PX = 5;

/** A rectangle dragged over the map. Like the loop, it only says what it encloses. */
export function createBoxTool(context: ToolContext): MapTool {
  let start: ToolPoint | null = null;
  let isShown = false;

  const clear = () => {
    start = null;
    isShown = false;
    context.showPath([], false);
  };

  return {
    ...idleTool,
    name: "box",
    cursor: "crosshair",
    dragMovesMap: false,
    exit: clear,
    down: (point) => {
      clear();
      start = point;
    },
    move: (point, isDown) => {
      if (!isDown || !start) return;
      isShown = true;
      context.showPath(cornersOf(start, point), true);
    },
    up: (point) => {
      const from = start;
      start = null;
      if (!from) return;
      const isTooSmall =
        Math.abs(point.x - from.x) < SMALLEST_SIDE_PX ||
        Math.abs(point.y - from.y) < SMALLEST_SIDE_PX;
      if (isTooSmall) {
        clear();
        context.events.refused("Drag a box around what you mean; that was too small.");
        return;
      }
      const corners = cornersOf(from, point);
      context.showPath(corners, true);
      const ring = corners.map(({ lon, lat }): [number, number] => [lon, lat]);
      context.events.lassoClosed([...ring, [corners[0].lon, corners[0].lat]]);
    },
    cancel: () => {
      const hadSomething = start !== null || isShown;
      clear();
      return hadSomething;
    },
  };
}

function cornersOf(a: ToolPoint, b: ToolPoint): [ToolPoint, ToolPoint, ToolPoint, ToolPoint] {
  return [a, { ...b, y: a.y, lat: a.lat }, b, { ...a, y: b.y, lat: b.lat }];
}
