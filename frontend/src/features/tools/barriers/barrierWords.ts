import type { Position } from "geojson";
import type { BarrierProperties, BarrierShape, NewBarrier, Parted } from "@/api/types";
import { formatCount } from "@/domain/format";
import type { DrawnBarrier } from "@/map/tools/tool";

type Place = [lon: number, lat: number];

export const KIND_WORDS: Record<BarrierProperties["kind"], string> = {
  river: "River",
  border: "Border",
  ridge: "Ridge",
  restricted: "Restricted area",
};

/** What a barrier is given besides its shape. */
export type BarrierFields = Pick<NewBarrier, "name" | "kind"> & {
  is_hard: boolean;
  cost_km: number;
};

export function shapeOfDrawn({ points, isArea }: DrawnBarrier): BarrierShape {
  const [first] = points;
  return isArea && first
    ? { type: "Polygon", coordinates: [[...points, first]] }
    : { type: "LineString", coordinates: points };
}

/** What the barrier does, in a line. */
export function effectWords({ kind, is_hard, cost_km, bridges }: BarrierProperties): string {
  const effect = is_hard ? "hard" : `soft, ${formatCount(cost_km)} km a crossing`;
  const count = bridges.length;
  const passed = count === 0 ? "" : ` · ${count} ${count === 1 ? "bridge" : "bridges"}`;
  return `${KIND_WORDS[kind]} · ${effect}${passed}`;
}

/** How many borders between units it runs through: of the layer at hand, else of every one. */
export function partedWords(parted: readonly Parted[], layerId: number | null): string {
  const here = parted.filter(({ layer_id }) => layer_id === layerId);
  const shown = here.length > 0 ? here : parted;
  if (shown.length === 0) return "There is no unit layer yet.";
  return shown
    .map(({ name, n_parted }) => {
      const pairs = n_parted === 1 ? "pair" : "pairs";
      return `${formatCount(n_parted)} ${pairs} of neighbouring units in ${name}`;
    })
    .join(", ");
}

export function barrierFacts(features: readonly { properties: BarrierProperties }[]) {
  const all = features.map(({ properties }) => properties);
  return {
    hasHard: all.some(({ is_hard }) => is_hard),
    hasSoft: all.some(({ is_hard }) => !is_hard),
    hasBridges: all.some(({ bridges }) => bridges.length > 0),
  };
}

/** The place of the barrier's line or edge that is nearest to where somebody clicked. */
export function onBarrier(geometry: BarrierShape, [lon, lat]: Place): Place {
  const squeeze = Math.cos((lat * Math.PI) / 180);
  let nearest: Place = [lon, lat];
  let least = Number.POSITIVE_INFINITY;
  for (const line of linesOf(geometry)) {
    for (const [i, [toLon = 0, toLat = 0]] of line.entries()) {
      const [fromLon = toLon, fromLat = toLat] = line[i - 1] ?? [];
      const [dx, dy] = [(toLon - fromLon) * squeeze, toLat - fromLat];
      const along = (lon - fromLon) * squeeze * dx + (lat - fromLat) * dy;
      const share = Math.min(1, Math.max(0, along / (dx * dx + dy * dy || 1)));
      const place: Place = [
        fromLon + share * (toLon - fromLon),
        fromLat + share * (toLat - fromLat),
      ];
      const apart = Math.hypot((place[0] - lon) * squeeze, place[1] - lat);
      if (apart < least) [nearest, least] = [place, apart];
    }
  }
  return nearest;
}

function linesOf(geometry: BarrierShape): Position[][] {
  switch (geometry.type) {
    case "LineString":
      return [geometry.coordinates];
    case "MultiPolygon":
      return geometry.coordinates.flat();
    default:
      return geometry.coordinates;
  }
}

export function boundsOf(geometry: BarrierShape): [number, number, number, number] {
  const numbers = (geometry.coordinates as unknown[]).flat(4) as number[];
  const lons = numbers.filter((_, i) => i % 2 === 0);
  const lats = numbers.filter((_, i) => i % 2 === 1);
  const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b));
  const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b));
  return [least(lons), least(lats), most(lons), most(lats)];
}
