import * as L from "leaflet";

/**
 * One canvas over the visible map, drawn again as the map moves and scaled along while it zooms.
 * It never takes the pointer.
 */
export abstract class ViewportCanvas extends L.Layer {
  private readonly canvas: HTMLCanvasElement;
  private drawnCenter: L.LatLng | null = null;
  private drawnZoom = 0;
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

  protected abstract draw(context: CanvasRenderingContext2D, size: L.Point): void;

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
        if (!this.drawsAtRestOnly) this.redrawNow();
      },
      moveend: () => this.redrawNow(),
      viewreset: () => this.redrawNow(),
      resize: () => this.redrawNow(),
      zoomanim: onZoom as L.LeafletEventHandlerFn,
    };
  }

  /** Draw at the next frame; many calls make one drawing. */
  redraw(): void {
    if (!this._map || this.frameRequest) return;
    this.frameRequest = requestAnimationFrame(() => this.redrawNow());
  }

  private redrawNow(): void {
    const map = this._map;
    if (!map) return;
    cancelAnimationFrame(this.frameRequest);
    this.frameRequest = 0;
    const size = map.getSize();
    const resolution = Math.min(2, window.devicePixelRatio || 1);
    const width = Math.round(size.x * resolution);
    const height = Math.round(size.y * resolution);
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    this.canvas.style.width = `${size.x}px`;
    this.canvas.style.height = `${size.y}px`;
    L.DomUtil.setTransform(this.canvas, map.containerPointToLayerPoint([0, 0]), 1);
    this.drawnCenter = map.getCenter();
    this.drawnZoom = map.getZoom();
    const context = this.canvas.getContext("2d");
    if (!context) return;
    context.setTransform(resolution, 0, 0, resolution, 0, 0);
    context.clearRect(0, 0, size.x, size.y);
    this.draw(context, size);
  }

  private animateZoom({ center, zoom }: L.ZoomAnimEvent): void {
    const map = this._map;
    if (!map || !this.drawnCenter) return;
    const scale = map.getZoomScale(zoom, this.drawnZoom);
    const half = map.getSize().divideBy(2);
    const newOrigin = map.project(center, zoom).subtract(half);
    const drawnTopLeft = map.project(this.drawnCenter, this.drawnZoom).subtract(half);
    const topLeft = drawnTopLeft.multiplyBy(scale).subtract(newOrigin);
    const paneOffset = L.DomUtil.getPosition(map.getPane("mapPane") as HTMLElement);
    L.DomUtil.setTransform(this.canvas, topLeft.subtract(paneOffset ?? L.point(0, 0)), scale);
  }
}
