import type * as L from "leaflet";
import type { DrawingContext } from "./showDrawing";
import { ViewportCanvas } from "./ViewportCanvas";

interface ScreenPoint {
  x: number;
  y: number;
}

const MEASURE_INK = "#a1156b";
const MEASURE_FILL = "rgba(161, 21, 107, 0.16)";

/** What the hand is doing right now: the brush's footprint, the lasso's path, the unit below. */
export class SketchLayer extends ViewportCanvas {
  private brush: (ScreenPoint & { radius_px: number; colour: string }) | null = null;
  private path: readonly L.LatLng[] = [];
  private isPathClosed = false;
  private measured: readonly L.LatLng[] = [];
  private isMeasureClosed = false;
  private place: L.LatLng | null = null;
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

  setMeasured(points: readonly L.LatLng[], isClosed: boolean): void {
    this.measured = points;
    this.isMeasureClosed = isClosed;
    this.redraw();
  }

  /** Ring a place that was searched for. */
  setPlace(place: L.LatLng | null): void {
    this.place = place;
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
    const hasMark = this.measured.length > 0 || this.place !== null;
    return !hasMark && !this.brush && this.path.length < 2 && this.hovered.length === 0;
  }

  protected draw(context: DrawingContext): void {
    context.save();
    this.traceUnits(context, this.hovered);
    context.restore();
    this.drawPath(context);
    this.drawMeasured(context);
    this.drawPlace(context);
    this.drawBrush(context);
  }

  private tracePath(context: DrawingContext, path: readonly L.LatLng[]): void {
    context.beginPath();
    for (const latlng of path) {
      const { x, y } = this._map.latLngToContainerPoint(latlng);
      context.lineTo(x, y);
    }
  }

  private drawMeasured(context: DrawingContext): void {
    if (this.measured.length === 0) return;
    this.tracePath(context, this.measured);
    if (this.isMeasureClosed) {
      context.closePath();
      context.fillStyle = MEASURE_FILL;
      context.fill();
    }
    this.strokeTwice(context, 2.5);
    for (const latlng of this.measured) {
      const { x, y } = this._map.latLngToContainerPoint(latlng);
      context.beginPath();
      context.arc(x, y, 4, 0, Math.PI * 2);
      context.fillStyle = MEASURE_INK;
      this.strokeTwice(context, 1.5);
      context.fill();
    }
  }

  private drawPlace(context: DrawingContext): void {
    if (!this.place) return;
    const { x, y } = this._map.latLngToContainerPoint(this.place);
    context.beginPath();
    context.arc(x, y, 13, 0, Math.PI * 2);
    this.strokeTwice(context, 3);
  }

  /** Readable on any ground: light around dark. */
  private strokeTwice(context: DrawingContext, width_px: number): void {
    context.lineJoin = "round";
    context.strokeStyle = "rgba(255, 255, 255, 0.95)";
    context.lineWidth = width_px + 3;
    context.stroke();
    context.strokeStyle = MEASURE_INK;
    context.lineWidth = width_px;
    context.stroke();
  }

  private drawPath(context: DrawingContext): void {
    if (this.path.length < 2) return;
    this.tracePath(context, this.path);
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
