import type * as L from "leaflet";
import { worldSize_px } from "../mercator";
import { type Shape, traceShape } from "../shapes";
import type { DrawingContext } from "./showDrawing";
import { ViewportCanvas } from "./ViewportCanvas";

type PatternMaker = (context: DrawingContext) => CanvasPattern | null;

export interface StyledShape {
  shape: Shape;
  fill?: string | null;
  fillAlpha?: number;
  pattern?: PatternMaker | null;
  stroke?: string | null;
  width_px?: number;
  dash_px?: number[];
}

/** Areas and lines that are few enough to be drawn whole: drawn boundaries, barriers, findings. */
export class ShapeLayer extends ViewportCanvas {
  private shapes: readonly StyledShape[] = [];

  setShapes(shapes: readonly StyledShape[]): void {
    this.shapes = shapes;
    this.redraw();
  }

  protected override get isEmpty(): boolean {
    return this.shapes.length === 0;
  }

  protected draw(context: DrawingContext, part: L.Bounds): void {
    const map = this._map;
    const scale_px = worldSize_px(map.getZoom());
    const origin = map.project(map.getCenter(), map.getZoom()).subtract(map.getSize().divideBy(2));
    const min = part.getTopLeft().add(origin);
    const max = part.getBottomRight().add(origin);
    context.lineJoin = "round";
    context.lineCap = "round";
    for (const item of this.shapes) {
      const [west, north, east, south] = item.shape.box;
      if (east * scale_px < min.x || west * scale_px > max.x) continue;
      if (south * scale_px < min.y || north * scale_px > max.y) continue;
      context.beginPath();
      traceShape(context, item.shape, scale_px, origin.x, origin.y);
      paintPath(context, item);
    }
  }
}

function paintPath(context: DrawingContext, item: StyledShape): void {
  const isArea = item.shape.isArea;
  if (isArea && item.fill) {
    context.globalAlpha = item.fillAlpha ?? 1;
    context.fillStyle = item.fill;
    context.fill("evenodd");
    context.globalAlpha = 1;
  }
  const pattern = isArea ? item.pattern?.(context) : null;
  if (pattern) {
    context.fillStyle = pattern;
    context.fill("evenodd");
  }
  if (item.stroke) {
    context.strokeStyle = item.stroke;
    context.lineWidth = item.width_px ?? 1.5;
    context.setLineDash(item.dash_px ?? []);
    context.stroke();
    context.setLineDash([]);
  }
}
