import type * as L from "leaflet";
import type { DrawingContext } from "./showDrawing";
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

  private hovered: readonly number[] = [];

  constructor(
    pane: string,
    /** Draws the outlines of units; the unit layer knows them. */
    private readonly traceUnits: (context: DrawingContext, ids: readonly number[]) => void,
  ) {
    super(pane);
  }

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

  setHovered(unitIds: readonly number[]): void {
    const isSame =
      unitIds.length === this.hovered.length && unitIds.every((id, i) => id === this.hovered[i]);
    if (isSame) return;
    this.hovered = unitIds;
    this.redraw();
  }

  protected override get isEmpty(): boolean {
    return !this.brush && this.path.length < 2 && this.hovered.length === 0;
  }

  protected draw(context: DrawingContext): void {
    context.save();
    this.traceUnits(context, this.hovered);
    context.restore();
    this.drawPath(context);
    this.drawBrush(context);
  }

  private drawPath(context: DrawingContext): void {
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

  private drawBrush(context: DrawingContext): void {
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
