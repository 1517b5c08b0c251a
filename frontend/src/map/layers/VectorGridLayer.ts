import * as L from "leaflet";
import type { DecodedTile, TileKind } from "../tiles/decoded";
import type { TileSource } from "../tiles/TileSource";
import { type DrawingContext, showDrawing } from "./showDrawing";

export const TILE_SIZE_PX = 512;
const DEEPEST_TILE_ZOOM = 16;
/** Tiles are drawn a little over their edge, so that fractional zooms show no seams. */
const OVERLAP_PX = 1;

/** How tile units become pixels of one drawn tile; deeper than the data, a part is magnified. */
export interface TileFrame {
  /** Pixels for one tile unit. */
  scale: number;
  offsetX_px: number;
  offsetY_px: number;
  size_px: number;
  /** Zoom of the data, for rules such as "groups up to 9". */
  tileZoom: number;
  mapZoom: number;
}

interface LiveTile<T> {
  canvas: HTMLCanvasElement;
  coords: L.Coords;
  frame: TileFrame;
  data: T | null;
}

interface GridSettings {
  pane: string;
  kind: TileKind;
  source: TileSource;
}

/** A grid of canvases drawn from decoded vector tiles; drawing again needs no request. */
export abstract class VectorGridLayer<T extends DecodedTile> extends L.GridLayer {
  protected live!: Map<string, LiveTile<T>>;
  private readonly settings: GridSettings;
  private urlTemplate: string | null = null;
  private version = "";

  constructor(settings: GridSettings) {
    super({
      pane: settings.pane,
      tileSize: TILE_SIZE_PX,
      maxZoom: 19,
      minZoom: 2,
      updateWhenIdle: false,
      updateWhenZooming: false,
      keepBuffer: 1,
      noWrap: true,
    });
    this.settings = settings;
    this.live = new Map();
    this.on("tileloadstart", (event) => widen((event as L.TileEvent).tile));
    this.on("tileunload", (event) => this.live.delete(this.nameOf((event as L.TileEvent).coords)));
  }

  protected abstract drawTile(context: DrawingContext, tile: T, frame: TileFrame): void;
  protected onTileData(): void {}

  /** Another alignment throws the tiles away; a new version of the same one refreshes in place. */
  setSource(urlTemplate: string | null, version: string): void {
    const isOther = urlTemplate !== this.urlTemplate;
    const isNewer = version !== this.version;
    this.urlTemplate = urlTemplate;
    this.version = version;
    if (!this._map) return;
    // Not Leaflet's redraw(): at fractional zooms it asks for tiles that do not exist.
    if (!isOther && !isNewer) return;
    for (const tile of this.live.values()) {
      if (isOther) {
        tile.data = null;
        this.paint(tile);
      }
      void this.fill(tile);
    }
  }

  drawAll(): void {
    for (const tile of this.live.values()) this.paint(tile);
  }

  override createTile(coords: L.Coords, done: L.DoneCallback): HTMLElement {
    const canvas = document.createElement("canvas");
    const tile: LiveTile<T> = { canvas, coords, frame: frameOf(coords), data: null };
    this.live.set(this.nameOf(coords), tile);
    this.fill(tile).then(
      () => done(undefined, canvas),
      () => done(undefined, canvas),
    );
    return canvas;
  }

  /** The loaded tile under a place on the map, with the place in that tile's units. */
  protected tileAt(latlng: L.LatLng): { tile: T; x: number; y: number; frame: TileFrame } | null {
    const zoom = this._tileZoom;
    if (!this._map || zoom === undefined) return null;
    const point = this._map.project(latlng.wrap(), zoom);
    const coords = point.divideBy(TILE_SIZE_PX).floor() as L.Coords;
    coords.z = zoom;
    const live = this.live.get(this.nameOf(coords));
    if (!live?.data) return null;
    const { scale, offsetX_px, offsetY_px } = live.frame;
    return {
      tile: live.data,
      frame: live.frame,
      x: (point.x - coords.x * TILE_SIZE_PX - offsetX_px) / scale,
      y: (point.y - coords.y * TILE_SIZE_PX - offsetY_px) / scale,
    };
  }

  private async fill(tile: LiveTile<T>): Promise<void> {
    const n_across = 2 ** (tile.coords.z - 1);
    const isInWorld = tile.coords.x >= 0 && tile.coords.x < n_across;
    const { urlTemplate, version } = this;
    if (!urlTemplate || !isInWorld) return;
    const { kind, source } = this.settings;
    const data = await source.load(tileUrl(urlTemplate, tile.coords), kind, version);
    const isCurrent = this.live.get(this.nameOf(tile.coords)) === tile && version === this.version;
    // An answer for the alignment that was open before may come after those for the present one.
    if (!data || !isCurrent || urlTemplate !== this.urlTemplate) return;
    tile.data = data as T;
    tile.frame = frameOf(tile.coords, data.extent);
    this.paint(tile);
    this.onTileData();
  }

  private paint({ canvas, data, frame }: LiveTile<T>): void {
    const side_px = TILE_SIZE_PX + 2 * OVERLAP_PX;
    showDrawing(canvas, side_px, side_px, (context) => {
      if (!data) return;
      context.translate(OVERLAP_PX, OVERLAP_PX);
      this.drawTile(context, data, frame);
    });
  }

  private nameOf({ x, y, z }: L.Coords): string {
    return `${z}/${x}/${y}`;
  }
}

/** Leaflet has just given the element the size of one tile. */
function widen(element: HTMLElement): void {
  const side = `${TILE_SIZE_PX + 2 * OVERLAP_PX}px`;
  element.style.width = side;
  element.style.height = side;
  element.style.margin = `-${OVERLAP_PX}px`;
}

/** 512-pixel tiles show the data of one zoom level above the map's. */
function frameOf(coords: L.Coords, extent = 4096): TileFrame {
  const wantedZoom = coords.z - 1;
  const tileZoom = Math.min(wantedZoom, DEEPEST_TILE_ZOOM);
  const magnify = 2 ** (wantedZoom - tileZoom);
  return {
    scale: (TILE_SIZE_PX * magnify) / extent,
    offsetX_px: -(coords.x % magnify) * TILE_SIZE_PX,
    offsetY_px: -(coords.y % magnify) * TILE_SIZE_PX,
    size_px: TILE_SIZE_PX,
    tileZoom,
    mapZoom: coords.z,
  };
}

function tileUrl(template: string, coords: L.Coords): string {
  const tileZoom = Math.min(coords.z - 1, DEEPEST_TILE_ZOOM);
  const magnify = 2 ** (coords.z - 1 - tileZoom);
  return template
    .replace("{z}", String(tileZoom))
    .replace("{x}", String(Math.floor(coords.x / magnify)))
    .replace("{y}", String(Math.floor(coords.y / magnify)));
}
