import type * as L from "leaflet";
import { type DecodedUnits, NO_UNIT } from "../tiles/decoded";
import { unitAt } from "../tiles/hitTest";
import type { TileSource } from "../tiles/TileSource";
import { lockPattern } from "./patterns";
import type { DrawingContext } from "./showDrawing";
import { type TileFrame, VectorGridLayer } from "./VectorGridLayer";

/** How units look now; the layer asks for each unit again whenever it draws. */
export interface UnitStyle {
  ownerOf(unitId: number): number;
  /** Fill of a unit, or null to leave it empty. */
  fillOf(unitId: number, owner: number): string | null;
  fillAlpha: number;
  hasBorders: boolean;
  isLocked(owner: number): boolean;
  isChosen: (owner: number) => boolean;
  hairline: string;
  outline: string;
  selectedOutline: string;
}

const paths = new WeakMap<DecodedUnits, Path2D[]>();

export class UnitLayer extends VectorGridLayer<DecodedUnits> {
  private style: UnitStyle;

  constructor(source: TileSource, pane: string, style: UnitStyle) {
    super({ source, pane, kind: "units" });
    this.style = style;
  }

  setStyle(style: UnitStyle): void {
    this.style = style;
    this.drawAll();
  }

  unitAt(latlng: L.LatLng): { id: number; name: string } | null {
    const found = this.tileAt(latlng);
    if (!found) return null;
    const unit = unitAt(found.tile, found.x, found.y);
    if (unit === null) return null;
    return { id: found.tile.ids[unit] ?? 0, name: found.tile.names[unit] ?? "" };
  }

  /** Outline some units on a canvas that covers the view, tile by tile. */
  strokeUnits(context: DrawingContext, unitIds: readonly number[], colour: string): void {
    const zoom = this._tileZoom;
    if (unitIds.length === 0 || zoom === undefined) return;
    const map = this._map;
    const zoomScale = map.getZoomScale(map.getZoom(), zoom);
    const origin = map.project(map.getCenter()).subtract(map.getSize().divideBy(2));
    context.strokeStyle = colour;
    for (const { coords, data, frame } of this.live.values()) {
      if (!data || coords.z !== zoom) continue;
      const side = frame.size_px * zoomScale;
      for (const id of unitIds) {
        const unit = data.ids.indexOf(id);
        const shape = unit < 0 ? undefined : unitPaths(data)[unit];
        if (!shape) continue;
        context.save();
        context.translate(coords.x * side - origin.x, coords.y * side - origin.y);
        context.beginPath();
        context.rect(0, 0, side, side);
        context.clip();
        context.translate(frame.offsetX_px * zoomScale, frame.offsetY_px * zoomScale);
        context.scale(frame.scale * zoomScale, frame.scale * zoomScale);
        context.lineWidth = 2.5 / (frame.scale * zoomScale);
        context.stroke(shape);
        context.restore();
      }
    }
  }

  protected drawTile(context: DrawingContext, tile: DecodedUnits, frame: TileFrame) {
    context.translate(frame.offsetX_px, frame.offsetY_px);
    context.scale(frame.scale, frame.scale);
    this.fillUnits(context, tile, frame);
    if (this.style.hasBorders) this.strokeBorders(context, tile, frame);
  }

  private fillUnits(context: DrawingContext, tile: DecodedUnits, frame: TileFrame) {
    const shapes = unitPaths(tile);
    const locks = new Path2D();
    let hasLocks = false;
    const byFill = new Map<string, Path2D>();
    tile.ids.forEach((id, unit) => {
      const shape = shapes[unit];
      if (!shape) return;
      const owner = this.style.ownerOf(id);
      const fill = this.style.fillOf(id, owner);
      if (fill) {
        const path = byFill.get(fill) ?? new Path2D();
        path.addPath(shape);
        byFill.set(fill, path);
      }
      if (this.style.isLocked(owner)) {
        locks.addPath(shape);
        hasLocks = true;
      }
    });
    context.globalAlpha = this.style.fillAlpha;
    for (const [fill, path] of byFill) {
      context.fillStyle = fill;
      context.fill(path, "evenodd");
    }
    context.globalAlpha = 1;
    const pattern = hasLocks ? lockPattern(context, 1 / frame.scale) : null;
    if (pattern) {
      context.fillStyle = pattern;
      context.fill(locks, "evenodd");
    }
  }

  private strokeBorders(context: DrawingContext, tile: DecodedUnits, frame: TileFrame) {
    const inner = new Path2D();
    const outer = new Path2D();
    const chosen = new Path2D();
    const { isChosen } = this.style;
    const { borderSides, borderStarts, segments } = tile;
    for (let border = 0; border + 1 < borderStarts.length; border++) {
      const a = this.sideOwner(tile, borderSides[border * 2] ?? NO_UNIT);
      const b = this.sideOwner(tile, borderSides[border * 2 + 1] ?? NO_UNIT);
      const path = a === b ? inner : isChosen(a) || isChosen(b) ? chosen : outer;
      for (
        let i = (borderStarts[border] ?? 0) * 4;
        i < (borderStarts[border + 1] ?? 0) * 4;
        i += 4
      ) {
        path.moveTo(segments[i] ?? 0, segments[i + 1] ?? 0);
        path.lineTo(segments[i + 2] ?? 0, segments[i + 3] ?? 0);
      }
    }
    const pixel = 1 / frame.scale;
    context.lineJoin = "round";
    context.lineCap = "round";
    context.strokeStyle = this.style.hairline;
    context.lineWidth = (frame.mapZoom < 7 ? 0.5 : 0.9) * pixel;
    context.stroke(inner);
    context.strokeStyle = this.style.outline;
    context.lineWidth = (frame.mapZoom < 6 ? 1.2 : 1.9) * pixel;
    context.stroke(outer);
    context.strokeStyle = this.style.selectedOutline;
    context.lineWidth = 3.6 * pixel;
    context.stroke(chosen);
  }

  private sideOwner(tile: DecodedUnits, unit: number): number {
    if (unit === NO_UNIT) return -1;
    return this.style.ownerOf(tile.ids[unit] ?? 0);
  }
}

function unitPaths(tile: DecodedUnits): Path2D[] {
  const known = paths.get(tile);
  if (known) return known;
  const { coords, ringStarts, unitRings } = tile;
  const shapes: Path2D[] = [];
  for (let unit = 0; unit + 1 < unitRings.length; unit++) {
    const path = new Path2D();
    for (let ring = unitRings[unit] ?? 0; ring < (unitRings[unit + 1] ?? 0); ring++) {
      const end = ringStarts[ring + 1] ?? 0;
      const start = ringStarts[ring] ?? 0;
      for (let point = start; point < end; point++) {
        const x = coords[point * 2] ?? 0;
        const y = coords[point * 2 + 1] ?? 0;
        if (point === start) path.moveTo(x, y);
        else path.lineTo(x, y);
      }
      path.closePath();
    }
    shapes.push(path);
  }
  paths.set(tile, shapes);
  return shapes;
}
