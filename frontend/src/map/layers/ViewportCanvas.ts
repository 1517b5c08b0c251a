import * as L from "leaflet";
import { type DrawingContext, showDrawing } from "./showDrawing";

/** How far beyond the view is drawn, so that a pan uncovers what is there already. */
const MARGIN_PX = 160;

/**
 * One canvas over the visible map. It moves along with the map, is drawn again where a pan leaves what
 * was drawn, and scaled while it zooms. Without anything to draw it is not shown. It never takes the pointer.
 */
export abstract class ViewportCanvas extends L.Layer {
  private readonly canvas: HTMLCanvasElement;
  private drawnCenter: L.LatLng | null = null;
  private drawnZoom = 0;
  private drawnOrigin = L.point(0, 0);
  private frameRequest = 0;
  /** Drawn only when the map comes to rest; in between it moves along as it is. */
  protected readonly drawsAtRestOnly: boolean = false;

  constructor(private readonly paneName: string) {
    super({ pane: paneName });
    this.canvas = document.createElement("canvas");
    this.canvas.className = "leaflet-zoom-animated";
    this.canvas.style.pointerEvents = "none";
    this.canvas.style.transformOrigin = "0 0";
  }

  protected abstract readonly isEmpty: boolean;
  /** Draw what lies in this part of the container, in its pixels. */
  protected abstract draw(context: DrawingContext, part: L.Bounds): void;

  override onAdd(map: L.Map): this {
    map.getPane(this.paneName)?.append(this.canvas);
    this.redrawNow();
    return this;
  }

  override onRemove(): this {
    cancelAnimationFrame(this.frameRequest);
    this.frameRequest = 0;
    this.canvas.remove();
    return this;
  }

  override getEvents(): { [name: string]: L.LeafletEventHandlerFn } {
    const onZoom = (event: L.LeafletEvent) => this.animateZoom(event as L.ZoomAnimEvent);
    return {
      move: () => {
        if (!this.drawsAtRestOnly && !this.coversView()) this.redrawNow();
      },
      moveend: () => this.redrawNow(),
      viewreset: () => this.redrawNow(),
      resize: () => this.redrawNow(),
      zoomanim: onZoom as L.LeafletEventHandlerFn,
    };
  }

  setOpacity(opacity: number): void {
    this.canvas.style.opacity = opacity < 1 ? String(opacity) : "";
  }

  /** Draw at the next frame; many calls make one drawing. */
  redraw(): void {
    if (!this._map || this.frameRequest) return;
    this.frameRequest = requestAnimationFrame(() => this.redrawNow());
  }

  protected redrawNow(): void {
    const map = this._map;
    if (!map) return;
    cancelAnimationFrame(this.frameRequest);
    this.frameRequest = 0;
    this.canvas.hidden = this.isEmpty;
    if (this.isEmpty) return;
    const margin = this.drawsAtRestOnly ? 0 : MARGIN_PX;
    const topLeft = L.point(-margin, -margin);
    const part = L.bounds(topLeft, map.getSize().subtract(topLeft));
    const { x, y } = part.getSize();
    this.canvas.style.width = `${x}px`;
    this.canvas.style.height = `${y}px`;
    this.drawnOrigin = map.containerPointToLayerPoint(topLeft);
    L.DomUtil.setTransform(this.canvas, this.drawnOrigin, 1);
    this.drawnCenter = map.getCenter();
    this.drawnZoom = map.getZoom();
    showDrawing(this.canvas, x, y, (context) => {
      context.translate(margin, margin);
      this.draw(context, part);
    });
  }

  private coversView(): boolean {
    if (this.isEmpty) return true;
    const { x, y } = this._map.containerPointToLayerPoint([0, 0]).subtract(this.drawnOrigin);
    return Math.min(x, y) >= 0 && Math.max(x, y) <= 2 * MARGIN_PX;
  }

  private animateZoom({ center, zoom }: L.ZoomAnimEvent): void {
    const map = this._map;
    if (!map || !this.drawnCenter) return;
    const scale = map.getZoomScale(zoom, this.drawnZoom);
    const half = map.getSize().divideBy(2);
    const newOrigin = map.project(center, zoom).subtract(half);
    const margin = this.drawsAtRestOnly ? 0 : MARGIN_PX;
    const drawnTopLeft = map
      .project(this.drawnCenter, this.drawnZoom)
      .subtract(half)
      .subtract([margin, margin]);
    const topLeft = drawnTopLeft.multiplyBy(scale).subtract(newOrigin);
    const paneOffset = L.DomUtil.getPosition(map.getPane("mapPane") as HTMLElement);
    L.DomUtil.setTransform(this.canvas, topLeft.subtract(paneOffset ?? L.point(0, 0)), scale);
  }
}
