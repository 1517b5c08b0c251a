import * as L from "leaflet";
import type { Boundary } from "../boundary";
import { idleTool, type MapTool } from "../tools/tool";
import { loadGeoman, SHAPE_STYLE, snapTarget } from "./geoman";

const SNAP_DISTANCE_PX = 14;
const MOST_SNAP_TARGETS = 8;

export interface ShapeToolContext {
  map: L.Map;
  /** Boundary of the selected territory, or null. */
  selectedBoundary(): { territoryId: number; boundary: Boundary } | null;
  /** Boundaries near the selected one, nearest first. */
  boundariesNearby(): Boundary[];
  shapeDrawn(boundary: Boundary): void;
  boundaryEdited(territoryId: number, boundary: Boundary): void;
  refused(reason: string): void;
}

type EditableLayer = L.Polygon & { toGeoJSON(): GeoJSON.Feature<Boundary> };

const drawOptions = {
  snappable: true,
  snapDistance: SNAP_DISTANCE_PX,
  allowSelfIntersection: false,
  templineStyle: SHAPE_STYLE,
  hintlineStyle: { ...SHAPE_STYLE, dashArray: "5 5" },
  pathOptions: SHAPE_STYLE,
  tooltips: false,
};

/** Click corner after corner; the first one closes the shape. */
export function createDrawTool(context: ShapeToolContext): MapTool {
  const { map } = context;
  const targets = L.layerGroup();
  let isIn = false;

  // Geoman ends a drawing after it has told of it: only `continueDrawing` begins the next one.
  const begin = () => map.pm.enableDraw("Polygon", { ...drawOptions, continueDrawing: true });
  const onCreate = (event: { layer: L.Layer }) => {
    const { geometry } = (event.layer as EditableLayer).toGeoJSON();
    event.layer.remove();
    context.shapeDrawn(geometry);
  };
  const setTargets = () => {
    removeAll(targets, map);
    for (const boundary of context.boundariesNearby().slice(0, MOST_SNAP_TARGETS)) {
      targets.addLayer(snapTarget(map, boundary));
    }
  };

  return {
    ...idleTool,
    name: "draw",
    cursor: "crosshair",
    dragMovesMap: true,
    enter: () => {
      isIn = true;
      void loadGeoman(map).then(() => {
        if (!isIn) return;
        setTargets();
        map.on("pm:create", onCreate);
        begin();
      });
    },
    exit: () => {
      isIn = false;
      map.off("pm:create", onCreate);
      map.pm?.disableDraw();
      removeAll(targets, map);
    },
    cancel: () => {
      if (!isIn || !hasCorners(map, "Polygon")) return false;
      map.pm.disableDraw();
      begin();
      return true;
    },
    groundChanged: () => {
      if (isIn && map.pm && !hasCorners(map, "Polygon")) setTargets();
    },
  };
}

/** Handles on the selected territory's border; each finished drag is one edit. */
export function createEditTool(context: ShapeToolContext): MapTool {
  const { map } = context;
  const targets = L.layerGroup();
  let layers: EditableLayer[] = [];
  let isIn = false;
  let isDragging = false;

  const begin = (): void => {
    const selected = context.selectedBoundary();
    if (!selected) {
      context.refused("Choose the territory whose border you want to edit, then press E again.");
      return;
    }
    for (const boundary of context.boundariesNearby().slice(0, MOST_SNAP_TARGETS)) {
      targets.addLayer(snapTarget(map, boundary));
    }
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
      layer.on("pm:markerdragstart", () => {
        isDragging = true;
      });
      // Not "pm:edit": dragging a middle handle fires it twice, and a stroke is one edit.
      layer.on("pm:markerdragend pm:vertexremoved", () => {
        isDragging = false;
        context.boundaryEdited(selected.territoryId, joined(layers));
      });
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
      end();
      if (context.selectedBoundary()) begin();
    },
  };
}

/** Draw a shape over the selected territory; what it covers is taken out of it. */
export function createCutTool(context: ShapeToolContext): MapTool {
  const { map } = context;
  let layers: EditableLayer[] = [];
  let territoryId: number | null = null;
  let isIn = false;

  const begin = (): void => {
    const selected = context.selectedBoundary();
    if (!selected) {
      context.refused("Choose the territory to cut, then press C again.");
      return;
    }
    territoryId = selected.territoryId;
    layers = polygonsOf(selected.boundary);
    for (const layer of layers) layer.addTo(map);
    map.pm.enableDraw("Cut", { ...drawOptions, layersToCut: layers } as L.PM.DrawModeOptions);
  };
  const onCut = (leafletEvent: L.LeafletEvent) => {
    const event = leafletEvent as L.LeafletEvent & { layer: L.Layer; originalLayer: L.Layer };
    const remaining = layers.filter((layer) => layer !== event.originalLayer);
    const cut = event.layer as EditableLayer;
    const boundary = joined([...remaining, cut]);
    event.layer.remove();
    const id = territoryId;
    end();
    if (id !== null) context.boundaryEdited(id, boundary);
  };
  const end = () => {
    map.pm?.disableDraw();
    for (const layer of layers) layer.remove();
    layers = [];
    territoryId = null;
  };

  return {
    ...idleTool,
    name: "cut",
    cursor: "crosshair",
    dragMovesMap: true,
    enter: () => {
      isIn = true;
      void loadGeoman(map).then(() => {
        if (!isIn) return;
        map.on("pm:cut", onCut);
        begin();
      });
    },
    exit: () => {
      isIn = false;
      map.off("pm:cut", onCut);
      end();
    },
    cancel: () => {
      if (!isIn || layers.length === 0) return false;
      end();
      begin();
      return false;
    },
    groundChanged: () => {
      if (!isIn || !map.pm || hasCorners(map, "Cut")) return;
      end();
      if (context.selectedBoundary()) begin();
    },
  };
}

/** Whether a drawing has been begun. */
function hasCorners(map: L.Map, shape: "Polygon" | "Cut"): boolean {
  const draw = map.pm?.Draw as unknown as Record<string, { _layer?: L.Polyline }> | undefined;
  return (draw?.[shape]?._layer?.getLatLngs().length ?? 0) > 0;
}

function polygonsOf(boundary: Boundary): EditableLayer[] {
  const polygons = boundary.type === "Polygon" ? [boundary.coordinates] : boundary.coordinates;
  return polygons.map(
    (rings) =>
      L.polygon(
        rings.map((ring) => ring.slice(0, -1).map(([lon = 0, lat = 0]) => L.latLng(lat, lon))),
        { ...SHAPE_STYLE, pmIgnore: false } as L.PolylineOptions,
      ) as EditableLayer,
  );
}

/** One boundary of several polygons, or a plain polygon when there is one. */
function joined(layers: readonly EditableLayer[]): Boundary {
  const polygons = layers.flatMap((layer) => {
    const { geometry } = layer.toGeoJSON();
    return geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  });
  const [only] = polygons;
  if (polygons.length === 1 && only) return { type: "Polygon", coordinates: only };
  return { type: "MultiPolygon", coordinates: polygons };
}

function removeAll(group: L.LayerGroup, map: L.Map): void {
  group.eachLayer((layer) => {
    map.removeLayer(layer);
  });
  group.clearLayers();
}
