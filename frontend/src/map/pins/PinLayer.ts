import type * as L from "leaflet";
import { ViewportCanvas } from "../layers/ViewportCanvas";
import { worldSize_px } from "../mercator";
import { type Cluster, clusterPoints, type WorldPoint } from "./clusterPoints";

export interface PinPalette {
  pin: string;
  halo: string;
  selected: string;
  text: string;
}

const CELL_PX = 46;
const PIN_PX = 6;
const REACH_PX = 22;
/** From here on each account stands alone, unless others share its very place. */
const ALONE_FROM_ZOOM = 15;
const TAU = Math.PI * 2;

export class PinLayer extends ViewportCanvas {
  private points: WorldPoint[] = [];
  private clusters: Cluster[] = [];
  private clusteredZoom: number | null = null;
  private selectedId: number | null = null;

  constructor(
    pane: string,
    private palette: PinPalette,
  ) {
    super(pane);
  }

  setPoints(points: WorldPoint[]): void {
    this.points = points;
    this.clusteredZoom = null;
    this.redraw();
  }

  setSelected(id: number | null): void {
    this.selectedId = id;
    this.redraw();
  }

  setPalette(palette: PinPalette): void {
    this.palette = palette;
    this.redraw();
  }

  /** What a fingertip at this place means, the nearest first. */
  clusterAt(place: L.Point): Cluster | null {
    const { scale, left, top } = this.frame();
    let nearest: Cluster | null = null;
    let best = Number.POSITIVE_INFINITY;
    for (const cluster of this.clusters) {
      const away = Math.hypot(
        cluster.x * scale - left - place.x,
        cluster.y * scale - top - place.y,
      );
      if (away < Math.max(REACH_PX, radiusOf(cluster)) && away < best) {
        nearest = cluster;
        best = away;
      }
    }
    return nearest;
  }

  protected draw(context: CanvasRenderingContext2D, size: L.Point): void {
    const { zoom, scale, left, top } = this.frame();
    if (zoom !== this.clusteredZoom) {
      const cell_px = zoom >= ALONE_FROM_ZOOM ? 1 : CELL_PX;
      this.clusters = clusterPoints(this.points, cell_px / scale);
      this.clusteredZoom = zoom;
    }
    context.font = "600 12px system-ui, 'DejaVu Sans', sans-serif";
    context.textAlign = "center";
    context.textBaseline = "middle";
    const margin = 30;
    for (const cluster of this.clusters) {
      const x = cluster.x * scale - left;
      const y = cluster.y * scale - top;
      if (x < -margin || y < -margin || x > size.x + margin || y > size.y + margin) continue;
      this.drawCluster(context, cluster, x, y);
    }
  }

  private drawCluster(context: CanvasRenderingContext2D, cluster: Cluster, x: number, y: number) {
    const isSelected = this.selectedId !== null && cluster.ids.includes(this.selectedId);
    const radius = radiusOf(cluster) + (isSelected ? 3 : 0);
    context.beginPath();
    context.arc(x, y, radius, 0, TAU);
    context.fillStyle = isSelected ? this.palette.selected : this.palette.pin;
    context.fill();
    context.lineWidth = 2;
    context.strokeStyle = this.palette.halo;
    context.stroke();
    if (cluster.ids.length > 1) {
      context.fillStyle = this.palette.text;
      context.fillText(shortCount(cluster.ids.length), x, y + 0.5);
    }
  }

  private frame() {
    const { min } = this._map.getPixelBounds();
    const zoom = this._map.getZoom();
    return { zoom, scale: worldSize_px(zoom), left: min?.x ?? 0, top: min?.y ?? 0 };
  }
}

function radiusOf({ ids: { length: n } }: Cluster): number {
  return n === 1 ? PIN_PX : Math.min(21, 10 + 2.6 * Math.log10(n) ** 1.4);
}

function shortCount(n: number): string {
  return n < 1000 ? String(n) : `${Math.floor(n / 1000)}k`;
}
