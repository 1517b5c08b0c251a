import * as L from "leaflet";
import { worldSize_px } from "../mercator";
import { type Shape, traceShape } from "../shapes";
import { type DrawingContext, showDrawing } from "./showDrawing";

export interface BasemapColours {
  land: string;
  coast: string;
  stateLine: string;
}

interface BasemapShapes {
  countries: Shape[];
  states: Shape[];
}

const TILE_PX = 512;

/** Land, coast and state lines from bundled data: a map without any tile server. */
export class BasemapLayer extends L.GridLayer {
  private shapes: BasemapShapes | null = null;
  private colours: BasemapColours;
  private readonly live: Map<HTMLCanvasElement, L.Coords>;

  constructor(pane: string, colours: BasemapColours) {
    super({ pane, tileSize: TILE_PX, maxZoom: 19, updateWhenZooming: false, noWrap: true });
    this.colours = colours;
    this.live = new Map();
    this.on("tileunload", (event) =>
      this.live.delete((event as L.TileEvent).tile as unknown as HTMLCanvasElement),
    );
    void import("./basemapShapes").then(async ({ loadBasemapShapes }) => {
      await loadBasemapShapes((shapes) => {
        this.shapes = shapes;
        this.drawAll();
      });
    });
  }

  setColours(colours: BasemapColours): void {
    this.colours = colours;
    this.drawAll();
  }

  override createTile(coords: L.Coords): HTMLElement {
    const canvas = document.createElement("canvas");
    this.live.set(canvas, coords);
    this.paint(canvas, coords);
    return canvas;
  }

  private drawAll(): void {
    for (const [canvas, coords] of this.live) this.paint(canvas, coords);
  }

  private paint(canvas: HTMLCanvasElement, coords: L.Coords): void {
    const { shapes } = this;
    if (!shapes) return;
    showDrawing(canvas, TILE_PX, TILE_PX, (context) => this.drawTile(context, coords, shapes));
  }

  private drawTile(
    context: DrawingContext,
    coords: L.Coords,
    { countries, states }: BasemapShapes,
  ): void {
    const scale_px = worldSize_px(coords.z);
    const left_px = coords.x * TILE_PX;
    const top_px = coords.y * TILE_PX;
    const isNear = ({ box: [west, north, east, south] }: Shape) =>
      west * scale_px <= left_px + TILE_PX &&
      east * scale_px >= left_px &&
      north * scale_px <= top_px + TILE_PX &&
      south * scale_px >= top_px;
    const path = new Path2D();
    for (const shape of countries) {
      if (isNear(shape)) traceShape(path, shape, scale_px, left_px, top_px);
    }
    const lines = new Path2D();
    for (const shape of states) {
      if (!isNear(shape)) continue;
      traceShape(path, shape, scale_px, left_px, top_px);
      traceShape(lines, shape, scale_px, left_px, top_px);
    }
    context.lineJoin = "round";
    context.fillStyle = this.colours.land;
    context.fill(path, "nonzero");
    context.strokeStyle = this.colours.coast;
    context.lineWidth = 1;
    context.stroke(path);
    context.strokeStyle = this.colours.stateLine;
    context.lineWidth = 1.1;
    context.stroke(lines);
  }
}
