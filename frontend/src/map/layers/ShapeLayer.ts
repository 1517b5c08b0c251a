import type * as L from "leaflet";
import { worldSize_px } from "../mercator";
import { type Shape, traceShape } from "../shapes";
import { ViewportCanvas } from "./ViewportCanvas";

type PatternMaker = (context: CanvasRenderingContext2D) => CanvasPattern | null;

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

  protected draw(context: CanvasRenderingContext2D, size: L.Point): void {
    const map = this._map;
    const scale_px = worldSize_px(map.getZoom());
    const origin = map.project(map.getCenter(), map.getZoom()).subtract(size.divideBy(2));
    context.lineJoin = "round";
    context.lineCap = "round";
    for (const item of this.shapes) {
      const [west, north, east, south] = item.shape.box;
      if (east * scale_px < origin.x || west * scale_px > origin.x + size.x) continue;
      if (south * scale_px < origin.y || north * scale_px > origin.y + size.y) continue;
      context.beginPath();
      traceShape(context, item.shape, scale_px, origin.x, origin.y);
      paintPath(context, item);
    }
  }
}

function paintPath(context: CanvasRenderingContext2D, item: StyledShape): void {
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
