import type * as L from "leaflet";
import { dotColour, MAP_COLOURS, type Scheme } from "../colours";
import type { MapMove } from "../look";
import type { DrawingContext } from "./showDrawing";
import { ViewportCanvas } from "./ViewportCanvas";

/** Units that change hands: a ring in the colour of the territory that had them. */
export class MovesLayer extends ViewportCanvas {
  private moves: readonly MapMove[] = [];
  private scheme: Scheme = "light";

  setMoves(moves: readonly MapMove[]): void {
    this.moves = moves;
    this.redraw();
  }

  setScheme(scheme: Scheme): void {
    this.scheme = scheme;
    this.redraw();
  }

  protected override get isEmpty(): boolean {
    return this.moves.length === 0;
  }

  protected draw(context: DrawingContext, part: L.Bounds): void {
    const map = this._map;
    const radius_px = Math.min(11, Math.max(4, 1.5 * map.getZoom() - 4));
    for (const colour of new Set(this.moves.map((move) => move.colour))) {
      context.beginPath();
      for (const { lon, lat, colour: own } of this.moves) {
        const point = map.latLngToContainerPoint([lat, lon]);
        if (own !== colour || !part.contains(point)) continue;
        context.moveTo(point.x + radius_px, point.y);
        context.arc(point.x, point.y, radius_px, 0, 2 * Math.PI);
      }
      context.strokeStyle = MAP_COLOURS[this.scheme].halo;
      context.lineWidth = 5.5;
      context.stroke();
      context.strokeStyle = dotColour(colour, this.scheme);
      context.lineWidth = 3;
      context.stroke();
    }
  }
}
