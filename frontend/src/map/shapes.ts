import type { Geometry, Position } from "geojson";
import type { DrawingContext } from "./layers/showDrawing";
import { worldX, worldY } from "./mercator";

/** Rings or lines in world coordinates (0…1), ready to be scaled to any zoom. */
export interface Shape {
  rings: Float64Array[];
  isArea: boolean;
  box: [west: number, north: number, east: number, south: number];
}

export function shapeOf(geometry: Geometry | null): Shape | null {
  if (!geometry) return null;
  const rings = ringsOf(geometry).map(projectRing);
  if (rings.length === 0) return null;
  const box: Shape["box"] = [2, 2, -1, -1];
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      box[0] = Math.min(box[0], ring[i] ?? 0);
      box[1] = Math.min(box[1], ring[i + 1] ?? 0);
      box[2] = Math.max(box[2], ring[i] ?? 0);
      box[3] = Math.max(box[3], ring[i + 1] ?? 0);
    }
  }
  return { rings, isArea: !geometry.type.includes("LineString"), box };
}

export function isInShape(shape: Shape, x: number, y: number): boolean {
  const [west, north, east, south] = shape.box;
  if (!shape.isArea || x < west || x > east || y < north || y > south) return false;
  let isInside = false;
  for (const ring of shape.rings) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const yi = ring[i + 1] ?? 0;
      const yj = ring[j + 1] ?? 0;
      if (yi > y === yj > y) continue;
      const xi = ring[i] ?? 0;
      const xj = ring[j] ?? 0;
      if (x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) isInside = !isInside;
    }
  }
  return isInside;
}

/** Put the shape on a context as its current path, in pixels relative to an origin. */
export function traceShape(
  context: DrawingContext | Path2D,
  shape: Shape,
  scale_px: number,
  originX_px: number,
  originY_px: number,
): void {
  for (const ring of shape.rings) {
    for (let i = 0; i < ring.length; i += 2) {
      const x = (ring[i] ?? 0) * scale_px - originX_px;
      const y = (ring[i + 1] ?? 0) * scale_px - originY_px;
      if (i === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
    if (shape.isArea) context.closePath();
  }
}

function ringsOf(geometry: Geometry): Position[][] {
  switch (geometry.type) {
    case "Polygon":
      return geometry.coordinates;
    case "MultiPolygon":
      return geometry.coordinates.flat();
    case "LineString":
      return [geometry.coordinates];
    case "MultiLineString":
      return geometry.coordinates;
    case "GeometryCollection":
      return geometry.geometries.flatMap(ringsOf);
    default:
      return [];
  }
}

function projectRing(positions: Position[]): Float64Array {
  const ring = new Float64Array(positions.length * 2);
  positions.forEach(([lon = 0, lat = 0], i) => {
    ring[i * 2] = worldX(lon);
    ring[i * 2 + 1] = worldY(lat);
  });
  return ring;
}
