import * as L from "leaflet";
import type { CornerMove, Place } from "@/domain/corners";
import type { Boundary } from "../boundary";
import { SHAPE_STYLE, snapTarget } from "./geoman";

export const SNAP_DISTANCE_PX = 14;
const MOST_SNAP_TARGETS = 8;

export interface ShapeToolContext {
  map: L.Map;
  /** Boundary of the selected territory, or null. */
  selectedBoundary(): { territoryId: number; boundary: Boundary } | null;
  /** Boundaries of the other territories in view, those beside the selected one first. */
  neighbours(): ReadonlyMap<number, Boundary>;
  /** Whether a border that two territories share moves for both. */
  sharesBorders(): boolean;
  shapeDrawn(boundary: Boundary): void;
  /** A corner of the territory's border was moved, put in or taken away; the boundary it makes alone. */
  cornerMoved(territoryId: number, move: CornerMove, boundary: Boundary): void;
  boundaryEdited(territoryId: number, boundary: Boundary): void;
  refused(reason: string): void;
}

export type EditableLayer = L.Polygon & { toGeoJSON(): GeoJSON.Feature<Boundary> };

/** Neighbours to snap to, in a group that is emptied with them. */
export function showSnapTargets(context: ShapeToolContext, targets: L.LayerGroup): void {
  for (const boundary of [...context.neighbours().values()].slice(0, MOST_SNAP_TARGETS)) {
    targets.addLayer(snapTarget(context.map, boundary));
  }
}

export function polygonsOf(boundary: Boundary): EditableLayer[] {
  const polygons = boundary.type === "Polygon" ? [boundary.coordinates] : boundary.coordinates;
  return polygons.map(
    (rings) =>
      L.polygon(
        rings.map((ring) => ring.slice(0, -1).map(([lon = 0, lat = 0]) => L.latLng(lat, lon))),
        { ...SHAPE_STYLE, pmIgnore: false } as L.PolylineOptions,
      ) as EditableLayer,
  );
}

/** All rings of a boundary, closed. */
export function ringsOf(boundary: Boundary): Place[][] {
  const polygons = boundary.type === "Polygon" ? [boundary.coordinates] : boundary.coordinates;
  return polygons.flatMap((rings) =>
    rings.map((ring) => ring.map(([lon = 0, lat = 0]): Place => [lon, lat])),
  );
}

/** One boundary of several polygons, or a plain polygon when there is one. */
export function joined(layers: readonly EditableLayer[]): Boundary {
  const polygons = layers.flatMap((layer) => {
    const { geometry } = layer.toGeoJSON();
    return geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  });
  const [only] = polygons;
  if (polygons.length === 1 && only) return { type: "Polygon", coordinates: only };
  return { type: "MultiPolygon", coordinates: polygons };
}

export function removeAll(group: L.LayerGroup, map: L.Map): void {
  group.eachLayer((layer) => {
    map.removeLayer(layer);
  });
  group.clearLayers();
}
