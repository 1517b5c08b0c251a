import * as L from "leaflet";
import { MAP_COLOURS, type MapColours } from "../colours";
import type { MapReach } from "../look";
import { shapeOf } from "../shapes";
import { ShapeLayer, type StyledShape } from "./ShapeLayer";
import type { DrawingContext } from "./showDrawing";

const DASHES_PX = [[], [10, 4], [6, 5], [2, 5]];
const LABEL_FONT = "600 12px system-ui, sans-serif";
const LABEL_PAD_PX = 4;
const NAME_SIZE_PX = { x: 60, y: 20 };
const BASE_PX = 5;

/** How far one gets from a place: a line for each number of minutes, named at its northern end. */
export class ReachLayer extends ShapeLayer {
  private reach: MapReach | null = null;
  private colours: MapColours = MAP_COLOURS.light;

  setReach(reach: MapReach | null): void {
    this.reach = reach;
    this.style();
  }

  setColours(colours: MapColours): void {
    this.colours = colours;
    this.style();
  }

  protected override draw(context: DrawingContext, part: L.Bounds): void {
    super.draw(context, part);
    if (!this.reach) return;
    context.font = LABEL_FONT;
    context.textAlign = "center";
    context.textBaseline = "middle";
    this.nameLines(context, this.reach.features);
    const { x, y } = this._map.latLngToContainerPoint([this.reach.lat, this.reach.lon]);
    context.beginPath();
    context.arc(x, y, BASE_PX, 0, Math.PI * 2);
    context.fillStyle = this.colours.ink;
    context.fill();
    context.lineWidth = 2;
    context.strokeStyle = this.colours.halo;
    context.stroke();
  }

  /** The outer line first; what would lie over a name already there has none. */
  private nameLines(context: DrawingContext, features: MapReach["features"]): void {
    const named: L.Point[] = [];
    for (const { geometry, properties } of [...features].reverse()) {
      const top = northernmost(geometry.coordinates);
      if (!top) continue;
      const point = this._map.latLngToContainerPoint(top);
      const isFree = named.every(
        ({ x, y }) =>
          Math.abs(x - point.x) > NAME_SIZE_PX.x || Math.abs(y - point.y) > NAME_SIZE_PX.y,
      );
      if (!isFree) continue;
      named.push(point);
      this.name(context, point, `${properties.minutes} min`);
    }
  }

  private name(context: DrawingContext, { x, y }: L.Point, text: string): void {
    const width = context.measureText(text).width + 2 * LABEL_PAD_PX;
    context.fillStyle = this.colours.halo;
    context.beginPath();
    context.roundRect(x - width / 2, y - 9, width, 18, 4);
    context.fill();
    context.fillStyle = this.colours.ink;
    context.fillText(text, x, y);
  }

  private style(): void {
    const { ink } = this.colours;
    const outerFirst = [...(this.reach?.features ?? [])].reverse();
    this.setShapes(
      outerFirst.flatMap(({ geometry }, i): StyledShape[] => {
        const shape = shapeOf(geometry);
        const dash_px = DASHES_PX[Math.min(outerFirst.length - 1 - i, DASHES_PX.length - 1)];
        return shape
          ? [{ shape, fill: ink, fillAlpha: 0.05, stroke: ink, width_px: 1.8, dash_px }]
          : [];
      }),
    );
  }
}

function northernmost(polygons: number[][][][]): L.LatLng | null {
  let top: L.LatLng | null = null;
  for (const [lon = 0, lat = 0] of polygons.flat(2)) {
    if (!top || lat > top.lat) top = L.latLng(lat, lon);
  }
  return top;
}
