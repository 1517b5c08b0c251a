import type { Geometry, Position } from "geojson";

/** West, south, east, north in degrees. */
export type Box = readonly [number, number, number, number];

/** Where degrees come to lie on a small drawing: Mercator, fitted into width × height with the same scale both ways. */
export type Project = (place: Position) => [number, number];

const LATITUDE_MAX = 85;

function mercatorY(lat: number): number {
  const bounded = Math.max(-LATITUDE_MAX, Math.min(LATITUDE_MAX, lat));
  const angle_rad = (bounded * Math.PI) / 180;
  return (180 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + angle_rad / 2));
}

export function fitInto(box: Box, width: number, height: number, margin = 4): Project {
  const [west, south, east, north] = box;
  const top = mercatorY(north);
  const wide = Math.max(east - west, 1e-9);
  const high = Math.max(top - mercatorY(south), 1e-9);
  const scale = Math.min((width - 2 * margin) / wide, (height - 2 * margin) / high);
  const left = (width - wide * scale) / 2;
  const above = (height - high * scale) / 2;
  return ([lon = 0, lat = 0]) => [
    left + (lon - west) * scale,
    above + (top - mercatorY(lat)) * scale,
  ];
}

/** The rings of an area as one SVG path, corners closer than a tenth of a pixel left out; empty for points and lines. */
export function areaPath(geometry: Geometry, project: Project): string {
  return polygonsOf(geometry)
    .flat()
    .map((ring) => ringPath(ring, project))
    .join("");
}

/** What holds all the areas; null where there are none. */
export function boxOf(geometries: readonly Geometry[]): Box | null {
  const places = geometries.flatMap((geometry) => polygonsOf(geometry).flat(2));
  if (places.length === 0) return null;
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [lon = 0, lat = 0] of places) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  return [west, south, east, north];
}

function polygonsOf(geometry: Geometry): Position[][][] {
  if (geometry.type === "Polygon") return [geometry.coordinates];
  if (geometry.type === "MultiPolygon") return geometry.coordinates;
  if (geometry.type === "GeometryCollection") return geometry.geometries.flatMap(polygonsOf);
  return [];
}

function ringPath(ring: readonly Position[], project: Project): string {
  let [lastX, lastY] = [Number.NaN, Number.NaN];
  let path = "";
  for (const place of ring) {
    const [x, y] = project(place);
    if (Math.abs(x - lastX) < 0.1 && Math.abs(y - lastY) < 0.1) continue;
    path += `${path ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
    [lastX, lastY] = [x, y];
  }
  return `${path}Z`;
}
