import "@geoman-io/leaflet-geoman-free/dist/leaflet-geoman.css";
import * as L from "leaflet";

let loading: Promise<void> | null = null;

/** Geoman adds itself to the global Leaflet, which is not this module's import of it. */
const extendedLeaflet = (): typeof L => (globalThis as unknown as { L: typeof L }).L;

/** Geoman is fetched when the first free shape is wanted. */
export function loadGeoman(map: L.Map): Promise<void> {
  loading ??= import("@geoman-io/leaflet-geoman-free").then(() => {
    extendedLeaflet().PM.setOptIn(true);
    // Its handles have no name and answer to no key: they would be stops without a purpose.
    extendedLeaflet().Marker.mergeOptions({ keyboard: false });
  });
  return loading.then(() => {
    // Maps made before Geoman arrived have no `pm` yet.
    if (map.pm) return;
    const { PM } = extendedLeaflet();
    map.pm = new (PM as unknown as { Map: new (map: L.Map) => L.PM.PMMap }).Map(map);
  });
}

export const SHAPE_STYLE: L.PathOptions = {
  color: "#1f566b",
  weight: 2.5,
  fillOpacity: 0.12,
};

/** Neighbours to snap to: there for Geoman, unseen by people. */
export function snapTarget(map: L.Map, boundary: GeoJSON.Geometry): L.GeoJSON {
  const target = L.geoJSON(boundary, {
    interactive: false,
    style: { opacity: 0, fillOpacity: 0 },
    pmIgnore: false,
    snapIgnore: false,
  } as L.GeoJSONOptions);
  return target.addTo(map);
}
