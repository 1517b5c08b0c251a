import type { Feature, Geometry } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import statesUrl from "us-atlas/states-10m.json?url";
import countriesUrl from "world-atlas/countries-50m.json?url";
import { type Shape, shapeOf } from "../shapes";

type Box = [west: number, south: number, east: number, north: number];

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

/** States and countries by name; the browser has their shapes already. */
export async function loadNamedAreas(): Promise<{ name: string; bbox: Box }[]> {
  const found = await Promise.all([
    loadFeatures(statesUrl, "states"),
    loadFeatures(countriesUrl, "countries"),
  ]);
  return found.flat().map(({ properties, geometry }) => ({
    name: String(properties?.name ?? ""),
    bbox: boxOf(geometry as Geometry),
  }));
}

async function load(
  url: string,
  objectName: string,
  isWanted: (id: string) => boolean,
): Promise<Shape[]> {
  return (await loadFeatures(url, objectName))
    .filter(({ id }) => isWanted(String(id)))
    .map(({ geometry }) => shapeOf(geometry as Geometry))
    .filter((shape): shape is Shape => shape !== null);
}

async function loadFeatures(url: string, objectName: string): Promise<Feature[]> {
  const response = await fetch(url);
  if (!response.ok) return [];
  const topology = (await response.json()) as Topology;
  return feature(topology, topology.objects[objectName] as GeometryCollection).features;
}

function boxOf(geometry: Geometry): Box {
  const box: Box = [180, 90, -180, -90];
  const widen = (part: unknown): void => {
    if (!Array.isArray(part)) return;
    if (typeof part[0] !== "number") {
      for (const inner of part) widen(inner);
      return;
    }
    const [lon, lat] = part as [number, number];
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  };
  if (geometry.type !== "GeometryCollection") widen(geometry.coordinates);
  return box;
}
