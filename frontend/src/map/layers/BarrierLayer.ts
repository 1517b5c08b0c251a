import * as L from "leaflet";
import { MAP_COLOURS, type MapColours } from "../colours";
import type { MapBarriers } from "../look";
import { shapeOf } from "../shapes";
import { ShapeLayer } from "./ShapeLayer";
import type { DrawingContext } from "./showDrawing";

/** Dots for hard barriers, thinner dashes for soft ones. */
const HARD = { width_px: 2.5, dash_px: [2, 5] };
const SOFT = { width_px: 1.8, dash_px: [9, 6] };
const BRIDGE_PX = 5;

/** What parts units, and the bridges across it. */
export class BarrierLayer extends ShapeLayer {
  private barriers: MapBarriers["features"] = [];
  private bridges: readonly L.LatLng[] = [];
  private colours: MapColours = MAP_COLOURS.light;

  setBarriers({ features }: MapBarriers): void {
    this.barriers = features;
    this.bridges = features.flatMap(({ properties }) =>
      properties.bridges.map(([lon = 0, lat = 0]) => L.latLng(lat, lon)),
    );
    this.style();
  }

  setColours(colours: MapColours): void {
    this.colours = colours;
    this.style();
  }

  protected override draw(context: DrawingContext, part: L.Bounds): void {
    super.draw(context, part);
    context.lineWidth = 2;
    context.strokeStyle = this.colours.barrier;
    context.fillStyle = this.colours.halo;
    for (const bridge of this.bridges) {
      const { x, y } = this._map.latLngToContainerPoint(bridge);
      context.beginPath();
      context.arc(x, y, BRIDGE_PX, 0, Math.PI * 2);
      context.fill();
      context.stroke();
    }
  }

  private style(): void {
    const colour = this.colours.barrier;
    this.setShapes(
      this.barriers.flatMap(({ geometry, properties }) => {
        const shape = shapeOf(geometry);
        const line = properties.is_hard ? HARD : SOFT;
        return shape ? [{ shape, fill: colour, fillAlpha: 0.14, stroke: colour, ...line }] : [];
      }),
    );
  }
}
