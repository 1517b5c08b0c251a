import * as L from "leaflet";
import { type CornerMove, foldsAt, middleOf, type Place, withCornerMoved } from "@/domain/corners";
import { idleTool, type MapTool } from "../tools/tool";
import {
  type EditableLayer,
  joined,
  polygonsOf,
  removeAll,
  ringsOf,
  type ShapeToolContext,
  SNAP_DISTANCE_PX,
  showSnapTargets,
} from "./editable";
import { loadGeoman, SHAPE_STYLE } from "./geoman";
import { onBorders } from "./onBorders";

const FOLLOWING_STYLE: L.PathOptions = {
  ...SHAPE_STYLE,
  // Seen on light and on dark ground.
  color: "#2f8fb3",
  dashArray: "6 5",
  fillOpacity: 0.05,
  interactive: false,
};

interface MarkerEvent {
  indexPath: [ring: number, index: number];
  markerEvent: L.LeafletEvent & { target: L.Marker };
}

/** Handles on the selected territory's border; each finished drag is one edit. */
export function createEditTool(context: ShapeToolContext): MapTool {
  const { map } = context;
  const targets = L.layerGroup();
  const following = L.layerGroup();
  let layers: EditableLayer[] = [];
  let isIn = false;
  let isDragging = false;
  let besides: Place[][][] = [];

  const showFollowing = (move: CornerMove) => {
    removeAll(following, map);
    if (!context.sharesBorders()) return;
    for (const rings of besides) {
      const moved = withCornerMoved(rings, move);
      if (!moved) continue;
      const latlngs = moved.map((ring) => ring.map(([lon, lat]) => L.latLng(lat, lon)));
      following.addLayer(L.polygon(latlngs, FOLLOWING_STYLE).addTo(map));
    }
  };

  const listen = (territoryId: number, layer: EditableLayer) => {
    // Where the corners were before the drag, as the server knows them.
    const corners = (layer.getLatLngs() as L.LatLng[][]).map((ring) => ring.map(placeOf));
    const finish = (move: CornerMove) => {
      isDragging = false;
      removeAll(following, map);
      context.cornerMoved(territoryId, move, joined(layers));
    };
    const ends = ({ indexPath: [ring, index], markerEvent }: MarkerEvent) => ({
      ring: corners[ring] ?? [],
      index,
      to: placeOf(markerEvent.target.getLatLng()),
    });
    const on = (name: string, handler: (event: MarkerEvent) => void) =>
      layer.on(name, handler as unknown as L.LeafletEventHandlerFn);

    on("pm:vertexadded", ({ indexPath: [r, index] }) => {
      const ring = corners[r] ?? [];
      const [before, after] = [ring[index - 1] ?? ring.at(-1), ring[index] ?? ring[0]];
      if (before && after) ring.splice(index, 0, middleOf(before, after));
    });
    on("pm:markerdragstart", () => {
      isDragging = true;
      besides = [...context.neighbours().values()].map(ringsOf);
    });
    on("pm:markerdrag", (event) => {
      const { ring, index, to } = ends(event);
      const corner = ring[index];
      if (corner) showFollowing({ corner, to });
    });
    // Not "pm:edit": dragging a middle handle fires it twice, and a stroke is one edit.
    on("pm:markerdragend", (event) => {
      const { ring, index, to: dropped } = ends(event);
      const corner = ring[index];
      if (!corner) return;
      const to = onBorders(dropped, besides, map.getZoom());
      ring[index] = to;
      const others = corners.filter((other) => other !== ring);
      if (foldsAt(ring, index, others)) {
        context.refused("That would fold the border over itself: move the corner by less.");
        // Geoman is not done with its handle yet.
        queueMicrotask(restart);
      } else finish({ corner, to });
    });
    on("pm:vertexremoved", ({ indexPath: [ring, index] }) => {
      const [corner] = corners[ring]?.splice(index, 1) ?? [];
      if (corner) finish({ corner, to: null });
    });
  };

  const begin = (): void => {
    const selected = context.selectedBoundary();
    if (!selected) {
      context.refused("Choose the territory whose border you want to edit, then press E again.");
      return;
    }
    showSnapTargets(context, targets);
    layers = polygonsOf(selected.boundary);
    for (const layer of layers) {
      layer.addTo(map);
      layer.pm.enable({
        snappable: true,
        snapDistance: SNAP_DISTANCE_PX,
        allowSelfIntersection: true,
        preventMarkerRemoval: false,
        limitMarkersToCount: 40,
      });
      listen(selected.territoryId, layer);
    }
  };
  const end = () => {
    for (const layer of layers) {
      layer.off();
      layer.pm?.disable();
      layer.remove();
    }
    layers = [];
    removeAll(targets, map);
    removeAll(following, map);
  };

  const restart = () => {
    isDragging = false;
    end();
    if (context.selectedBoundary()) begin();
  };

  return {
    ...idleTool,
    name: "edit",
    cursor: "default",
    dragMovesMap: true,
    enter: () => {
      isIn = true;
      void loadGeoman(map).then(() => {
        if (isIn) begin();
      });
    },
    exit: () => {
      isIn = false;
      isDragging = false;
      end();
    },
    groundChanged: () => {
      if (!isIn || !map.pm || isDragging) return;
      restart();
    },
  };
}

const placeOf = ({ lng, lat }: L.LatLng): Place => [lng, lat];
