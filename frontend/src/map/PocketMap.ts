import * as L from "leaflet";
import "leaflet/dist/leaflet.css";
import type { Geometry } from "geojson";
import { BasemapLayer } from "./layers/BasemapLayer";
import { ShapeLayer, type StyledShape } from "./layers/ShapeLayer";
import { worldSize_px, worldX, worldY } from "./mercator";
import type { Cluster } from "./pins/clusterPoints";
import type { Box } from "./pins/FreeSpace";
import { PinLayer, type PinPalette } from "./pins/PinLayer";
import { shapeOf } from "./shapes";

export interface PocketPalette extends PinPalette {
  land: string;
  coast: string;
  stateLine: string;
  position: string;
}

export interface PocketArea {
  boundary: Geometry | null;
  colour: string;
}

export interface PocketPoint {
  id: number;
  name: string;
  town: string;
  lon: number;
  lat: number;
}

export interface PocketPosition {
  lon: number;
  lat: number;
  accuracy_m: number;
}

interface PocketMapOptions {
  palette: PocketPalette;
  /** Tiles of the workspace's own choice; null for the bundled outlines. */
  tilesUrl: string | null;
  attribution: string;
  onPick: (ids: number[]) => void;
  /** Called when the map has come to rest. */
  onMoved: () => void;
}

const WORLD: L.LatLngBoundsLiteral = [
  [-60, -180],
  [75, 180],
];
const FOCUS_ZOOM = 13;
const BUTTONS_PX = { width: 60, height: 116 };
const MAX_ZOOM = 18;
const MAX_FIT_ZOOM = 13;

/** The small map of the rep page: own areas, own accounts, own position. */
export class PocketMap {
  private readonly map: L.Map;
  private readonly pins: PinLayer;
  private readonly shapes: ShapeLayer;
  private readonly basemap: BasemapLayer | null;
  private readonly positionMarks = L.layerGroup();
  private areas: PocketArea[] = [];
  private palette: PocketPalette;

  constructor(
    container: HTMLElement,
    private readonly options: PocketMapOptions,
  ) {
    const { palette, tilesUrl, attribution } = options;
    this.palette = palette;
    this.map = L.map(container, {
      zoomControl: false,
      maxZoom: MAX_ZOOM,
      minZoom: 3,
      zoomAnimation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    }).fitBounds(WORLD);
    this.map.attributionControl.setPrefix(false);
    for (const [name, zIndex] of [
      ["basemap", 200],
      ["areas", 400],
      ["pins", 500],
    ] as const) {
      this.map.createPane(name).style.zIndex = String(zIndex);
    }
    L.control.zoom({ position: "bottomright" }).addTo(this.map);
    this.basemap = tilesUrl ? null : new BasemapLayer("basemap", palette);
    if (tilesUrl) L.tileLayer(tilesUrl, { pane: "basemap" }).addTo(this.map);
    this.basemap?.addTo(this.map);
    if (attribution) this.map.attributionControl.addAttribution(attribution);
    this.shapes = new ShapeLayer("areas");
    this.pins = new PinLayer("pins", palette, coveredByButtons);
    this.map.addLayer(this.shapes).addLayer(this.pins).addLayer(this.positionMarks);
    this.map.on("click", ({ containerPoint }) => this.pick(containerPoint));
    this.map.on("moveend", options.onMoved);
  }

  setAreas(areas: PocketArea[]): void {
    this.areas = areas;
    const styled: StyledShape[] = [];
    for (const { boundary, colour } of areas) {
      const shape = shapeOf(boundary);
      if (!shape) continue;
      styled.push({ shape, fill: colour, fillAlpha: 0.28 });
      styled.push({ shape, stroke: colour, width_px: 3 });
    }
    this.shapes.setShapes(styled);
  }

  setPoints(points: PocketPoint[]): void {
    this.pins.setPoints(
      points.map(({ lon, lat, ...point }) => ({ ...point, x: worldX(lon), y: worldY(lat) })),
    );
  }

  setSelected(id: number | null): void {
    this.pins.setSelected(id);
  }

  setPosition(position: PocketPosition | null): void {
    this.positionMarks.clearLayers();
    if (!position) return;
    const { position: color } = this.palette;
    const place: L.LatLngTuple = [position.lat, position.lon];
    L.circle(place, {
      radius: position.accuracy_m,
      stroke: false,
      fillColor: color,
      fillOpacity: 0.15,
      interactive: false,
    }).addTo(this.positionMarks);
    L.circleMarker(place, {
      radius: 8,
      color: this.palette.halo,
      weight: 3,
      fillColor: color,
      fillOpacity: 1,
      interactive: false,
    }).addTo(this.positionMarks);
  }

  setPalette(palette: PocketPalette): void {
    this.palette = palette;
    this.basemap?.setColours(palette);
    this.pins.setPalette(palette);
    this.setAreas(this.areas);
  }

  fit([west, south, east, north]: [number, number, number, number]): void {
    const bounds: L.LatLngBoundsLiteral = [
      [south, west],
      [north, east],
    ];
    this.map.fitBounds(bounds, { padding: [16, 16], maxZoom: MAX_FIT_ZOOM, animate: false });
  }

  focus({ lon, lat }: { lon: number; lat: number }): void {
    this.map.setView([lat, lon], Math.max(this.map.getZoom(), FOCUS_ZOOM));
  }

  holds({ lon, lat }: { lon: number; lat: number }): boolean {
    return this.map.getBounds().contains([lat, lon]);
  }

  /** To be called when the container got another size. */
  resized(): void {
    this.map.invalidateSize({ animate: false });
  }

  remove(): void {
    this.map.off();
    this.map.remove();
  }

  private pick(place: L.Point): void {
    const cluster = this.pins.clusterAt(place);
    if (!cluster) return;
    if (cluster.ids.length === 1 || this.map.getZoom() >= MAX_ZOOM || isOnePlace(cluster)) {
      this.options.onPick(cluster.ids);
      return;
    }
    const world_px = worldSize_px(0);
    const corner = (x: number, y: number) => this.map.unproject([x * world_px, y * world_px], 0);
    this.map.fitBounds(
      L.latLngBounds(corner(cluster.minX, cluster.maxY), corner(cluster.maxX, cluster.minY)),
      { padding: [48, 48], maxZoom: Math.max(this.map.getZoom() + 2, FOCUS_ZOOM + 1) },
    );
  }
}

/** The page's buttons in the upper right corner, zoom in the lower right one. */
function coveredByButtons({ x, y }: L.Point): Box[] {
  const { width, height } = BUTTONS_PX;
  return [
    { x: x - width, y: 0, width, height },
    { x: x - width, y: y - height, width, height },
  ];
}

function isOnePlace({ minX, minY, maxX, maxY }: Cluster): boolean {
  return minX === maxX && minY === maxY;
}
