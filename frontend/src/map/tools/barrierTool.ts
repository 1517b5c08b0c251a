import { idleTool, type MapTool, type ToolContext, type ToolPoint } from "./tool";

const CLICK_SLACK_PX = 5;
const SAME_PLACE_PX = 8;

/** What a hand does with the pointer, and what keys and buttons do instead of it. */
export interface BarrierTool extends MapTool {
  add(point: ToolPoint): void;
  /** The barrier is drawn as far as it goes; too few points are left as they are. */
  finish(): void;
}

/** Point after point gives a line or an area; a double click or Enter ends it. One click sets a bridge. */
export function createBarrierTool(context: ToolContext): BarrierTool {
  let points: ToolPoint[] = [];
  let isEnded = false;
  let pressed: ToolPoint | null = null;

  const isArea = () => context.barrierForm() === "area";
  const show = (pending: ToolPoint | null = null) => {
    const path = pending ? [...points, pending] : points;
    context.showMeasure(path, isArea() && path.length > 2);
  };
  const restart = () => {
    points = [];
    isEnded = false;
    show();
  };
  const finish = () => {
    if (isEnded || points.length < (isArea() ? 3 : 2)) return;
    isEnded = true;
    show();
    context.events.barrierDrawn({
      points: points.map(({ lon, lat }) => [lon, lat]),
      isArea: isArea(),
    });
  };
  const isSamePlace = (a: ToolPoint | undefined, b: ToolPoint) =>
    a !== undefined && context.apart_px(a, b) <= SAME_PLACE_PX;

  const add = (point: ToolPoint) => {
    if (context.barrierForm() === "bridge")
      return context.events.bridgePicked([point.lon, point.lat]);
    // What is drawn waits for its name; the next one begins when that is decided.
    if (isEnded) return;
    const closes = isArea() && points.length > 2 && isSamePlace(points[0], point);
    if (closes || isSamePlace(points.at(-1), point)) return finish();
    points.push(point);
    show();
  };

  return {
    ...idleTool,
    name: "barrier",
    cursor: "crosshair",
    dragMovesMap: true,
    enter: restart,
    exit: restart,
    down: (point) => {
      pressed = point;
    },
    move: (point, isDown) => {
      if (!isDown && !isEnded && points.length > 0) show(point);
    },
    up: (point) => {
      const start = pressed;
      pressed = null;
      if (start && Math.hypot(point.x - start.x, point.y - start.y) <= CLICK_SLACK_PX) add(point);
    },
    leave: () => show(),
    cancel: () => {
      const hadSome = points.length > 0;
      restart();
      return hadSome;
    },
    add,
    finish,
  };
}
