import type * as L from "leaflet";
import { ViewportCanvas } from "./ViewportCanvas";

interface ScreenPoint {
  x: number;
  y: number;
}

/** What the hand is doing right now: the brush's footprint, the lasso's path, the unit below. */
export class SketchLayer extends ViewportCanvas {
  private brush: (ScreenPoint & { radius_px: number; colour: string }) | null = null;
  private path: readonly L.LatLng[] = [];
  private isPathClosed = false;
  private ink = "#14252e";

  /** Draws the units under the pointer; the unit layer knows their outlines. */
  traceHover: (context: CanvasRenderingContext2D) => void = () => undefined;

  setInk(ink: string): void {
    this.ink = ink;
    this.redraw();
  }

  setBrush(brush: (ScreenPoint & { radius_px: number; colour: string }) | null): void {
    this.brush = brush;
    this.redraw();
  }

  setPath(path: readonly L.LatLng[], isClosed: boolean): void {
    this.path = path;
    this.isPathClosed = isClosed;
    this.redraw();
  }

  protected draw(context: CanvasRenderingContext2D): void {
    context.save();
    this.traceHover(context);
    context.restore();
    this.drawPath(context);
    this.drawBrush(context);
  }

  private drawPath(context: CanvasRenderingContext2D): void {
    if (this.path.length < 2) return;
    context.beginPath();
    this.path.forEach((latlng, i) => {
      const { x, y } = this._map.latLngToContainerPoint(latlng);
      if (i === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    });
    if (this.isPathClosed) context.closePath();
    context.fillStyle = "rgba(31, 86, 107, 0.14)";
    context.fill();
    context.strokeStyle = this.ink;
    context.lineWidth = 2;
    context.setLineDash([6, 4]);
    context.stroke();
    context.setLineDash([]);
  }

  private drawBrush(context: CanvasRenderingContext2D): void {
    if (!this.brush) return;
    const { x, y, radius_px, colour } = this.brush;
    context.beginPath();
    context.arc(x, y, radius_px, 0, Math.PI * 2);
    context.globalAlpha = 0.25;
    context.fillStyle = colour;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = this.ink;
    context.lineWidth = 1.5;
    context.stroke();
  }
}
