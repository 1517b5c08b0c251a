import { apart, between, type Place, type Rings, shareAlong } from "@/domain/corners";
import { worldSize_px, worldX, worldY } from "../mercator";

const NEAR_PX = 1.5;

/**
 * A place that was snapped to a border on the screen, put on that border as the server has it. The
 * screen's edges are straight in Mercator, the server's in degrees: on a long edge that is far apart.
 */
export function onBorders(place: Place, borders: readonly Rings[], zoom: number): Place {
  const near = NEAR_PX / worldSize_px(zoom);
  const target = toWorld(place);
  let best: { apart: number; place: Place } | null = null;
  for (const ring of borders.flat()) {
    for (let i = 1; i < ring.length; i++) {
      const [a, b] = [ring[i - 1] as Place, ring[i] as Place];
      const [from, to] = [toWorld(a), toWorld(b)];
      const share = shareAlong(from, to, target);
      const distance = apart(between(from, to, share), target);
      if (distance > near || (best && distance >= best.apart)) continue;
      const atEnd = apart(share < 0.5 ? from : to, target) <= near;
      best = { apart: distance, place: between(a, b, atEnd ? Math.round(share) : share) };
    }
  }
  return best?.place ?? place;
}

const toWorld = ([lon, lat]: Place): Place => [worldX(lon), worldY(lat)];
