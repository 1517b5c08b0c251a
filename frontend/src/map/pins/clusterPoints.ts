import { worldX, worldY } from "../mercator";

export interface WorldPoint {
  id: number;
  /** Web Mercator, 0 to 1 both ways. */
  x: number;
  y: number;
}

export interface Cluster {
  x: number;
  y: number;
  ids: number[];
  /** Corners of the members, to zoom to. */
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
}

export function worldPoint(id: number, lon: number, lat: number): WorldPoint {
  return { id, x: worldX(lon), y: worldY(lat) };
}

/**
 * Points that share a grid cell become one. The grid lies in the world, not in the window,
 * so that nothing regroups while the map is dragged.
 */
export function clusterPoints(points: WorldPoint[], cellSize: number): Cluster[] {
  const cells = new Map<string, Cluster>();
  for (const { id, x, y } of points) {
    const key = `${Math.floor(x / cellSize)} ${Math.floor(y / cellSize)}`;
    const cluster = cells.get(key);
    if (!cluster) {
      cells.set(key, { x, y, ids: [id], minX: x, minY: y, maxX: x, maxY: y });
      continue;
    }
    const n = cluster.ids.push(id);
    cluster.x += (x - cluster.x) / n;
    cluster.y += (y - cluster.y) / n;
    cluster.minX = Math.min(cluster.minX, x);
    cluster.minY = Math.min(cluster.minY, y);
    cluster.maxX = Math.max(cluster.maxX, x);
    cluster.maxY = Math.max(cluster.maxY, y);
  }
  return [...cells.values()];
}
