import type * as L from "leaflet";

/** Stacking of what the map draws; Leaflet's own panes for handles and popups lie above 500. */
const PANES = {
  basemap: 150,
  units: 250,
  shapes: 300,
  heat: 340,
  accounts: 350,
  marks: 360,
  labels: 450,
  sketch: 460,
} as const;

export function createPanes(map: L.Map): void {
  for (const [name, zIndex] of Object.entries(PANES)) {
    const pane = map.createPane(name);
    pane.style.zIndex = String(zIndex);
    pane.style.pointerEvents = "none";
  }
}
