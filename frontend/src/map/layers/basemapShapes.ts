import type { Geometry } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import statesUrl from "us-atlas/states-10m.json?url";
import countriesUrl from "world-atlas/countries-50m.json?url";
import { type Shape, shapeOf } from "../shapes";

const UNITED_STATES = "840";

/** States first, they are what most maps open on; the rest of the world follows. */
export async function loadBasemapShapes(
  onShapes: (shapes: { countries: Shape[]; states: Shape[] }) => void,
): Promise<void> {
  const states = await load(statesUrl, "states", () => true);
  onShapes({ countries: [], states });
  const countries = await load(countriesUrl, "countries", (id) => id !== UNITED_STATES);
  onShapes({ countries, states });
}

async function load(
  url: string,
  objectName: string,
  isWanted: (id: string) => boolean,
): Promise<Shape[]> {
  const response = await fetch(url);
  if (!response.ok) return [];
  const topology = (await response.json()) as Topology;
  const object = topology.objects[objectName] as GeometryCollection;
  const { features } = feature(topology, object);
  return features
    .filter(({ id }) => isWanted(String(id)))
    .map(({ geometry }) => shapeOf(geometry as Geometry))
    .filter((shape): shape is Shape => shape !== null);
}
