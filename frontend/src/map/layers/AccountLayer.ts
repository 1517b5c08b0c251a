import type * as L from "leaflet";
import type { DecodedAccounts } from "../tiles/decoded";
import { accountNear } from "../tiles/hitTest";
import type { TileSource } from "../tiles/TileSource";
import type { DrawingContext } from "./showDrawing";
import { type TileFrame, VectorGridLayer } from "./VectorGridLayer";

/** Dots by what their colour tells, bubbles of a territory's colour, or nothing. */
export type AccountMode = "territory" | "segment" | "bubble" | "none";

export interface AccountStyle {
  mode: AccountMode;
  /** Of a territory a dark step of its colour, readable on its own fill; of a segment its own. */
  dotColourOf(territoryOrSegment: number): string;
  halo: string;
  /** The amount of one account that gives a bubble of the standard size. */
  typicalAmount: number;
}

const REACH_PX = 9;
const SINGLE_POINTS_FROM_ZOOM = 10;
const TAU = Math.PI * 2;

export interface AccountHit {
  id: number | null;
  n_accounts: number;
  revenue: number;
  territoryId: number;
}

export class AccountLayer extends VectorGridLayer<DecodedAccounts> {
  private style: AccountStyle;
  private onData: () => void = () => undefined;

  constructor(source: TileSource, pane: string, style: AccountStyle) {
    super({ source, pane, kind: "accounts" });
    this.style = style;
  }

  setStyle(style: AccountStyle): void {
    this.style = style;
    this.drawAll();
  }

  whenDataArrives(callback: () => void): void {
    this.onData = callback;
  }

  accountAt(latlng: L.LatLng): AccountHit | null {
    if (this.style.mode === "none") return null;
    const found = this.tileAt(latlng);
    if (!found) return null;
    const i = accountNear(found.tile, found.x, found.y, REACH_PX / found.frame.scale);
    if (i === null) return null;
    const { ids, counts, revenues, territories } = found.tile;
    const isSingle = found.frame.tileZoom >= SINGLE_POINTS_FROM_ZOOM;
    return {
      id: isSingle ? (ids[i] ?? null) : null,
      n_accounts: counts[i] ?? 1,
      revenue: revenues[i] ?? 0,
      territoryId: territories[i] ?? 0,
    };
  }

  /** Every loaded point at the map's zoom, in world pixels of that zoom. */
  forEachPoint(visit: (x: number, y: number, n_accounts: number) => void): void {
    for (const { coords, data, frame } of this.live.values()) {
      if (!data || coords.z !== this._tileZoom) continue;
      const left = coords.x * frame.size_px + frame.offsetX_px;
      const top = coords.y * frame.size_px + frame.offsetY_px;
      for (let i = 0; i < data.counts.length; i++) {
        const x = (data.coords[i * 2] ?? 0) * frame.scale + left;
        const y = (data.coords[i * 2 + 1] ?? 0) * frame.scale + top;
        visit(x, y, data.counts[i] ?? 1);
      }
    }
  }

  get dataZoom(): number {
    return this._tileZoom ?? this._map.getZoom();
  }

  protected override onTileData(): void {
    this.onData();
  }

  protected drawTile(context: DrawingContext, tile: DecodedAccounts, frame: TileFrame) {
    if (this.style.mode === "none") return;
    const keys = this.style.mode === "segment" ? tile.segments : tile.territories;
    const byColour = new Map<number, Path2D>();
    const radiusOf = this.style.mode === "bubble" ? this.bubbleRadius : this.dotRadius;
    for (let i = 0; i < tile.counts.length; i++) {
      const key = keys[i] ?? 0;
      let path = byColour.get(key);
      if (!path) {
        path = new Path2D();
        byColour.set(key, path);
      }
      const x = (tile.coords[i * 2] ?? 0) * frame.scale + frame.offsetX_px;
      const y = (tile.coords[i * 2 + 1] ?? 0) * frame.scale + frame.offsetY_px;
      const radius = radiusOf(tile.counts[i] ?? 1, tile.revenues[i] ?? 0, frame);
      path.moveTo(x + radius, y);
      path.arc(x, y, radius, 0, TAU);
    }
    const isBubble = this.style.mode === "bubble";
    context.globalAlpha = isBubble ? 0.55 : frame.tileZoom < SINGLE_POINTS_FROM_ZOOM ? 0.6 : 0.9;
    context.lineWidth = isBubble ? 1 : 0.8;
    context.strokeStyle = this.style.halo;
    for (const [key, path] of byColour) {
      context.fillStyle = this.style.dotColourOf(key);
      context.fill(path, "nonzero");
      if (frame.tileZoom >= SINGLE_POINTS_FROM_ZOOM || isBubble) context.stroke(path);
    }
    context.globalAlpha = 1;
  }

  private readonly dotRadius = (n_accounts: number, _revenue: number, frame: TileFrame): number => {
    if (frame.tileZoom >= SINGLE_POINTS_FROM_ZOOM) return frame.mapZoom >= 13 ? 4.5 : 3;
    return Math.min(5, 0.75 + 0.42 * Math.sqrt(n_accounts));
  };

  private readonly bubbleRadius = (_n: number, amount: number, frame: TileFrame): number => {
    const standard_px = frame.tileZoom >= SINGLE_POINTS_FROM_ZOOM ? 4 : 1.4;
    const share = Math.max(0, amount) / Math.max(1, this.style.typicalAmount);
    return Math.min(28, Math.max(0.8, standard_px * Math.sqrt(share)));
  };
}
