export interface WorldPoint {
  id: number;
  /** Written beside the point where there is room. */
  name: string;
  /** Written beside a cluster in which it is the most frequent. */
  town: string;
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

/**
 * Points closer than `reach` to the first of a cluster join it. The result depends on the
 * points and the reach alone, not on the window, so that nothing regroups while dragging.
 */
export function clusterPoints(points: WorldPoint[], reach: number): Cluster[] {
  const clusters: Cluster[] = [];
  const seeds = new Map<string, { x: number; y: number; cluster: Cluster }[]>();
  for (const { id, x, y } of [...points].sort((a, b) => a.id - b.id)) {
    const column = Math.floor(x / reach);
    const row = Math.floor(y / reach);
    const near = NEIGHBOURS.flatMap(([dx, dy]) => seeds.get(`${column + dx} ${row + dy}`) ?? [])
      .map(({ cluster, ...seed }) => ({ cluster, away: Math.hypot(seed.x - x, seed.y - y) }))
      .filter(({ away }) => away < reach)
      .sort((a, b) => a.away - b.away)[0];
    if (near) {
      join(near.cluster, id, x, y);
      continue;
    }
    const cluster: Cluster = { x, y, ids: [id], minX: x, minY: y, maxX: x, maxY: y };
    clusters.push(cluster);
    const key = `${column} ${row}`;
    seeds.set(key, [...(seeds.get(key) ?? []), { x, y, cluster }]);
  }
  return clusters;
}

const NEIGHBOURS = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => [dx, dy] as const));

function join(cluster: Cluster, id: number, x: number, y: number): void {
  const n = cluster.ids.push(id);
  cluster.x += (x - cluster.x) / n;
  cluster.y += (y - cluster.y) / n;
  cluster.minX = Math.min(cluster.minX, x);
  cluster.minY = Math.min(cluster.minY, y);
  cluster.maxX = Math.max(cluster.maxX, x);
  cluster.maxY = Math.max(cluster.maxY, y);
}
