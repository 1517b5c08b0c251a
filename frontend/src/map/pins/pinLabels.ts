import type { Cluster, WorldPoint } from "./clusterPoints";

const LONGEST = 24;

/** A cluster is named after the town most of its members are in, a lone pin after itself. */
export function clusterLabel(
  { ids }: Pick<Cluster, "ids">,
  points: Map<number, WorldPoint>,
  withNames: boolean,
): string {
  const [first] = ids;
  if (ids.length === 1 && first !== undefined) {
    return withNames ? shorten(points.get(first)?.name ?? "") : "";
  }
  const counts = new Map<string, number>();
  for (const id of ids) {
    const town = points.get(id)?.town;
    if (town) counts.set(town, (counts.get(town) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return most?.[0] ?? "";
}

function shorten(name: string): string {
  return name.length <= LONGEST ? name : `${name.slice(0, LONGEST - 1).trimEnd()}…`;
}
