import { idleTool, type MapTool, type ToolContext, type ToolPoint } from "./tool";

const CLICK_SLACK_PX = 5;
const SAME_PLACE_PX = 8;

/** What a hand does with the pointer, and what buttons do instead of it. */
export interface MeasureTool extends MapTool {
  add(point: ToolPoint): void;
  /** Back to the first point: the path becomes the edge of an area. */
  close(): void;
  takeBack(): void;
}

/** Point after point gives a distance; a click on the first one closes the path and gives an area. */
export function createMeasureTool(context: ToolContext): MeasureTool {
  let points: ToolPoint[] = [];
  let isClosed = false;
  let isEnded = false;
  let pressed: ToolPoint | null = null;

  const show = (pending: ToolPoint | null = null) =>
    context.showMeasure(pending ? [...points, pending] : points, isClosed);
  const tell = () => {
    show();
    context.events.measured({ points: points.map(({ lon, lat }) => [lon, lat]), isClosed });
  };
  const restart = () => {
    points = [];
    isClosed = false;
    isEnded = false;
  };
  const close = () => {
    if (points.length < 3) return;
    isClosed = true;
    isEnded = true;
    tell();
  };
  const isSamePlace = (a: ToolPoint | undefined, b: ToolPoint) =>
    a !== undefined && context.apart_px(a, b) <= SAME_PLACE_PX;

  const add = (point: ToolPoint) => {
    if (isEnded) restart();
    else if (points.length >= 3 && isSamePlace(points[0], point)) return close();
    // The second click of a double click: the path ends here.
    else if (isSamePlace(points.at(-1), point)) {
      isEnded = points.length > 1;
      return tell();
    }
    points.push(point);
    tell();
  };

  return {
    ...idleTool,
    name: "measure",
    cursor: "crosshair",
    dragMovesMap: true,
    enter: tell,
    exit: () => {
      restart();
      tell();
    },
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
      tell();
      return hadSome;
    },
    add,
    close,
    takeBack: () => {
      if (isClosed) isClosed = false;
      else points.pop();
      isEnded = false;
      tell();
    },
  };
}
