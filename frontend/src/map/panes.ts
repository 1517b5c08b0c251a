import type * as L from "leaflet";
import type { LayerName } from "./look";

const BASEMAP = 150;
const LOWEST_LAYER = 250;
const BETWEEN_LAYERS = 10;
/** What the hand is doing stays in front; Leaflet's own panes for handles and popups lie above 500. */
const SKETCH = 460;

/** How far one gets lies over the ground and its accounts, below names. */
const REACH = 445;

/** Pane of the territories' drawn boundaries, directly above that of their units. */
const SHAPES = "shapes";

export function createPanes(map: L.Map, order: readonly LayerName[]): void {
  for (const name of ["basemap", SHAPES, "reach", "sketch", ...order]) {
    map.createPane(name).style.pointerEvents = "none";
  }
  setHeight(map, "basemap", BASEMAP);
  setHeight(map, "reach", REACH);
  setHeight(map, "sketch", SKETCH);
  stackPanes(map, order);
}

/** The front layer comes first. */
export function stackPanes(map: L.Map, order: readonly LayerName[]): void {
  order.forEach((name, i) => {
    const height = LOWEST_LAYER + (order.length - 1 - i) * BETWEEN_LAYERS;
    setHeight(map, name, height);
    if (name === "territories") setHeight(map, SHAPES, height + 1);
  });
}

function setHeight(map: L.Map, name: string, height: number): void {
  const pane = map.getPane(name);
  if (pane) pane.style.zIndex = String(height);
}
