import * as L from "leaflet";
import type { Boundary } from "../boundary";
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
    context.shapeDrawn(alongNeighbours(geometry));
  };
  const alongNeighbours = (drawn: Boundary): Boundary => {
    if (drawn.type !== "Polygon") return drawn;
    const borders = [...context.neighbours().values()].map(ringsOf);
    const coordinates = drawn.coordinates.map((ring) =>
      ring.map(([lon = 0, lat = 0]) => [...onBorders([lon, lat], borders, map.getZoom())]),
    );
    return { ...drawn, coordinates };
  };
  const setTargets = () => {
    removeAll(targets, map);
    showSnapTargets(context, targets);
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
