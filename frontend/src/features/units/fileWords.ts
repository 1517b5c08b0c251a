import { ProblemError, problemSentences } from "@/api/problem";
import type { BoundaryFile } from "@/api/types";
import { formatArea, formatCount, formatPlace } from "@/domain/format";

type Found = BoundaryFile["found"];

const KIND_WORDS: Record<Found["kind"], string> = {
  geojson: "GeoJSON",
  topojson: "TopoJSON",
  shapefile: "Shapefile",
  kml: "KML",
  kmz: "KMZ",
  geopackage: "GeoPackage",
  flatgeobuf: "FlatGeobuf",
};

/** Why a file was refused, about the file by its name instead of the form's field. */
export function fileSentences(filename: string, reason: unknown): string[] {
  if (!(reason instanceof ProblemError) || reason.errors.length === 0) {
    return problemSentences(reason);
  }
  return reason.errors.map(({ field, problem, value, bound }) => {
    const shown = value === undefined || value === null ? "" : ` (${value})`;
    const limit = bound === undefined || bound === null ? "" : ` (limit: ${bound})`;
    return `${field === "file" ? filename : field} ${problem}${shown}${limit}.`;
  });
}

export function foundWords(found: Found): string {
  const { kind, n_areas, n_features, crs, encoding } = found;
  const areas = found.needs_projection
    ? `${formatCount(n_features)} features`
    : `${formatCount(n_areas)} of ${formatCount(n_features)} features can be units`;
  const projection = crs && crs.length < 40 ? `, in ${crs}` : "";
  return `${KIND_WORDS[kind]}: ${areas}${projection}${encoding ? `, text in ${encoding}` : ""}.`;
}

export function problemWords({ feature, problem, lon, lat }: Found["problems"][number]): string {
  const place = lon === null || lat === null ? "" : ` near ${formatPlace(lon, lat)}`;
  return `Feature ${feature} ${problem}${place}.`;
}

export function repairWords({ feature, before_m2, after_m2 }: Found["repairs"][number]): string {
  return `Feature ${feature}: ${formatArea(before_m2 / 1e6)} before, ${formatArea(after_m2 / 1e6)} after.`;
}

export const featureWords = (count: number) =>
  count === 1 ? "1 feature" : `${formatCount(count)} features`;

/** A name to begin with: the file's, without its ending. */
export const nameOfFile = (filename: string) => filename.replace(/\.[^.]*$/, "").slice(0, 200);
