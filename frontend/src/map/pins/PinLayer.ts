import * as L from "leaflet";
import type { DrawingContext } from "../layers/showDrawing";
import { ViewportCanvas } from "../layers/ViewportCanvas";
import { worldSize_px } from "../mercator";
import { type Cluster, clusterPoints, type WorldPoint } from "./clusterPoints";
import { type Box, FreeSpace } from "./FreeSpace";
import { clusterLabel } from "./pinLabels";

export interface PinPalette {
  pin: string;
  halo: string;
  selected: string;
  /** The number inside a cluster. */
  text: string;
  label: string;
  labelHalo: string;
}

interface Drawn {
  cluster: Cluster;
  x: number;
  y: number;
  radius: number;
}

const REACH_PX = 44;
const FINGER_PX = 22;
const PIN_PX = 6;
/** From here on each account stands alone, unless others share its very place. */
const ALONE_FROM_ZOOM = 15;
const NAMES_FROM_ZOOM = 13;
const FAMILY = "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";
const LINE_PX = 15;
const TAU = Math.PI * 2;

export class PinLayer extends ViewportCanvas {
  private points: WorldPoint[] = [];
  private byId = new Map<number, WorldPoint>();
  private clusters: Cluster[] = [];
  private clusteredZoom: number | null = null;
  private selectedId: number | null = null;

  constructor(
    pane: string,
    private palette: PinPalette,
    /** Parts of the window that buttons lie over, where no label shall stand. */
    private readonly coveredBy: (size: L.Point) => Box[],
  ) {
    super(pane);
  }

  setPoints(points: WorldPoint[]): void {
    this.points = points;
    this.byId = new Map(points.map((point) => [point.id, point]));
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

  /** What a fingertip at this place means: the nearest within its reach. */
  clusterAt(place: L.Point): Cluster | null {
    const { scale, left, top } = this.frame();
    let nearest: Cluster | null = null;
    let best = Number.POSITIVE_INFINITY;
    for (const cluster of this.clusters) {
      const away = Math.hypot(
        cluster.x * scale - left - place.x,
        cluster.y * scale - top - place.y,
      );
      if (away < Math.max(FINGER_PX, radiusOf(cluster)) && away < best) {
        nearest = cluster;
        best = away;
      }
    }
    return nearest;
  }

  protected override get isEmpty(): boolean {
    return this.points.length === 0;
  }

  protected draw(context: DrawingContext, part: L.Bounds): void {
    const { zoom, scale, left, top } = this.frame();
    if (zoom !== this.clusteredZoom) {
      const reach_px = zoom >= ALONE_FROM_ZOOM ? 1 : REACH_PX;
      this.clusters = clusterPoints(this.points, reach_px / scale);
      this.clusters.sort((a, b) => a.ids.length - b.ids.length);
      this.clusteredZoom = zoom;
    }
    const drawn: Drawn[] = [];
    for (const cluster of this.clusters) {
      const x = cluster.x * scale - left;
      const y = cluster.y * scale - top;
      if (!part.contains([x, y])) continue;
      drawn.push({ cluster, x, y, radius: radiusOf(cluster) });
    }
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const item of drawn) this.drawPin(context, item);
    this.drawLabels(context, drawn, zoom, part);
  }

  private drawPin(context: DrawingContext, { cluster, x, y, radius }: Drawn): void {
    const { pin, halo, selected, text } = this.palette;
    const isSelected = this.selectedId !== null && cluster.ids.includes(this.selectedId);
    context.beginPath();
    context.arc(x, y, isSelected ? radius + 3 : radius, 0, TAU);
    context.fillStyle = isSelected ? selected : pin;
    context.fill();
    context.lineWidth = 2;
    context.strokeStyle = halo;
    context.stroke();
    if (cluster.ids.length === 1) return;
    context.font = `600 12px ${FAMILY}`;
    context.fillStyle = text;
    context.fillText(shortCount(cluster.ids.length), x, y + 0.5);
  }

  /** Largest first; a label that would cover a pin or another label stays away. */
  private drawLabels(context: DrawingContext, drawn: Drawn[], zoom: number, part: L.Bounds): void {
    const space = new FreeSpace();
    for (const box of this.coveredBy(this._map.getSize())) space.block(box);
    const isInside = ({ x, y, width, height }: Box) =>
      part.contains(L.bounds([x, y], [x + width, y + height]));
    for (const { x, y, radius } of drawn) {
      space.block({ x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius });
    }
    context.font = `600 12px ${FAMILY}`;
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = this.palette.labelHalo;
    context.fillStyle = this.palette.label;
    const towns = new Set<string>();
    for (const { cluster, ...pin } of [...drawn].reverse()) {
      const words = clusterLabel(cluster, this.byId, zoom >= NAMES_FROM_ZOOM);
      if (!words || (cluster.ids.length > 1 && towns.has(words))) continue;
      const width = context.measureText(words).width + 4;
      const box = labelPlaces(pin, width).find((place) => isInside(place) && space.take(place));
      if (!box) continue;
      if (cluster.ids.length > 1) towns.add(words);
      context.strokeText(words, box.x + width / 2, box.y + LINE_PX / 2);
      context.fillText(words, box.x + width / 2, box.y + LINE_PX / 2);
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

/** Below the pin, else above, else to its right or left. */
function labelPlaces({ x, y, radius }: Omit<Drawn, "cluster">, width: number): Box[] {
  const size = { width, height: LINE_PX };
  const gap = radius + 2;
  return [
    { x: x - width / 2, y: y + gap, ...size },
    { x: x - width / 2, y: y - gap - LINE_PX, ...size },
    { x: x + gap, y: y - LINE_PX / 2, ...size },
    { x: x - gap - width, y: y - LINE_PX / 2, ...size },
  ];
}

function shortCount(n: number): string {
  return n < 1000 ? String(n) : `${Math.floor(n / 1000)}k`;
}
