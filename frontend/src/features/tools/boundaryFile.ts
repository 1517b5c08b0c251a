import type { BarrierShape, Boundary } from "@/api/types";

export const FILE_MAX_BYTES = 20 * 1024 * 1024;

export interface FileArea {
  name: string;
  boundary: Boundary;
}

export interface FileBarrier {
  name: string;
  geometry: BarrierShape;
}

const AREAS = ["Polygon", "MultiPolygon"];
const LINES = ["LineString", "MultiLineString"];

/** The areas of a GeoJSON file, or in words why there are none. Whether they are sound the server says. */
export function readAreas(text: string): { areas: FileArea[] } | { problem: string } {
  const found = readFeatures(text, AREAS, "Area");
  if ("problem" in found) return found;
  if (found.length === 0) return { problem: "The file holds no area: no Polygon or MultiPolygon." };
  return {
    areas: found.map(({ name, geometry }) => ({ name, boundary: geometry as Boundary })),
  };
}

/** The lines and areas of a GeoJSON file, or in words why there are none. */
export function readBarriers(text: string): { barriers: FileBarrier[] } | { problem: string } {
  const found = readFeatures(text, [...LINES, ...AREAS], "Barrier");
  if ("problem" in found) return found;
  if (found.length === 0) return { problem: "The file holds no line and no area." };
  return { barriers: found };
}

function readFeatures(
  text: string,
  types: readonly string[],
  noun: string,
): FileBarrier[] | { problem: string } {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return { problem: "The file is not GeoJSON: it cannot be read as JSON." };
  }
  if (!isObject(content)) return { problem: "The file is not GeoJSON." };
  const crs = nameOfCrs(content);
  if (crs !== null && !/4326|CRS84/.test(crs)) {
    return { problem: `The file is in ${crs}. Save it in WGS 84, longitude and latitude.` };
  }
  const features = Array.isArray(content.features) ? content.features : [content];
  return features.flatMap((feature: unknown, i: number) => {
    const geometry = geometryOf(feature, types);
    return geometry ? [{ name: nameOf(feature) ?? `${noun} ${i + 1}`, geometry }] : [];
  });
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null;

function geometryOf(feature: unknown, types: readonly string[]): BarrierShape | null {
  if (!isObject(feature)) return null;
  const geometry = feature.type === "Feature" ? feature.geometry : feature;
  if (!isObject(geometry) || !Array.isArray(geometry.coordinates)) return null;
  if (!types.includes(String(geometry.type))) return null;
  return { type: geometry.type, coordinates: geometry.coordinates } as BarrierShape;
}

/** By a property called name, in any case, else the first one that holds words. */
function nameOf(feature: unknown): string | null {
  const properties = isObject(feature) && isObject(feature.properties) ? feature.properties : {};
  const words = Object.entries(properties).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && entry[1].trim() !== "",
  );
  const named = words.find(([key]) => key.toLowerCase() === "name") ?? words[0];
  return named ? named[1].trim().slice(0, 200) : null;
}

function nameOfCrs(content: Json): string | null {
  const properties = isObject(content.crs) ? content.crs.properties : null;
  return isObject(properties) && typeof properties.name === "string" ? properties.name : null;
}
