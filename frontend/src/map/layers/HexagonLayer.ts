import type * as L from "leaflet";
import { rampColours } from "@/domain/ramps";
import type { AccountLayer } from "./AccountLayer";
import type { DrawingContext } from "./showDrawing";
import { ViewportCanvas } from "./ViewportCanvas";

/** From the middle of a hexagon to a corner. */
const RADIUS_PX = 16;
const WIDTH_PX = RADIUS_PX * Math.sqrt(3);
const ROW_PX = RADIUS_PX * 1.5;
const STEPS = rampColours("oranges", 7, false);

/** Accounts counted in hexagons that keep their place while the map is panned. */
export class HexagonLayer extends ViewportCanvas {
  protected override readonly drawsAtRestOnly = true;
  protected override readonly isEmpty = false;

  constructor(
    pane: string,
    private readonly accounts: AccountLayer,
  ) {
    super(pane);
  }

  protected draw(context: DrawingContext, part: L.Bounds): void {
    const map = this._map;
    const zoomScale = map.getZoomScale(map.getZoom(), this.accounts.dataZoom);
    const size = part.getSize();
    const origin = map.project(map.getCenter()).subtract(size.divideBy(2));
    const counts = new Map<string, { x: number; y: number; n: number }>();
    this.accounts.forEachPoint((worldX, worldY, n_accounts) => {
      const { column, row } = hexagonOf(worldX * zoomScale, worldY * zoomScale);
      const x = (column + (row % 2 === 0 ? 0 : 0.5)) * WIDTH_PX - origin.x;
      const y = row * ROW_PX - origin.y;
      if (x < -WIDTH_PX || y < -WIDTH_PX || x > size.x + WIDTH_PX || y > size.y + WIDTH_PX) return;
      const key = `${column} ${row}`;
      const known = counts.get(key);
      if (known) known.n += n_accounts;
      else counts.set(key, { x, y, n: n_accounts });
    });
    const most = Math.max(1, ...[...counts.values()].map(({ n }) => n));
    for (const { x, y, n } of counts.values()) {
      // By the logarithm: one town would otherwise leave the rest of the map in the lowest step.
      const place = most === 1 ? 0 : Math.log(n) / Math.log(most);
      context.fillStyle = STEPS[Math.round(place * (STEPS.length - 1))] ?? "";
      traceHexagon(context, x, y);
      context.fill();
    }
  }
}

/** The hexagon whose middle is nearest, of the two rows that come into question. */
function hexagonOf(x: number, y: number): { column: number; row: number } {
  const lowest = Math.floor(y / ROW_PX);
  let nearest = { column: 0, row: lowest };
  let least = Number.POSITIVE_INFINITY;
  for (const row of [lowest, lowest + 1]) {
    const shift = row % 2 === 0 ? 0 : 0.5;
    const column = Math.round(x / WIDTH_PX - shift);
    const distance = Math.hypot(x - (column + shift) * WIDTH_PX, y - row * ROW_PX);
    if (distance >= least) continue;
    least = distance;
    nearest = { column, row };
  }
  return nearest;
}

function traceHexagon(context: DrawingContext, x: number, y: number): void {
  context.beginPath();
  for (let corner = 0; corner < 6; corner++) {
    const angle = (corner * Math.PI) / 3 + Math.PI / 6;
    context.lineTo(
      x + (RADIUS_PX - 0.5) * Math.cos(angle),
      y + (RADIUS_PX - 0.5) * Math.sin(angle),
    );
  }
  context.closePath();
}
