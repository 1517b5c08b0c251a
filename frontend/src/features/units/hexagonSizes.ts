import type { Bbox } from "@/api/types";
import { formatCount, formatNumber } from "@/domain/format";

export const UNITS_MAX = 20_000;
/** The estimate may be off by this much either way: hexagons differ in size across the globe. */
const MARGIN = 0.2;

const EARTH_RADIUS_KM = 6371.0072;

export interface HexagonSize {
  resolution: number;
  /** Average over the globe, from the tables of H3. */
  area_km2: number;
  comparison: string;
}

export const HEXAGON_SIZES: readonly HexagonSize[] = [
  { resolution: 3, area_km2: 12_393.435, comparison: "several counties together" },
  { resolution: 4, area_km2: 1_770.348, comparison: "a county" },
  { resolution: 5, area_km2: 252.904, comparison: "a large city" },
  { resolution: 6, area_km2: 36.129, comparison: "a town" },
  { resolution: 7, area_km2: 5.161, comparison: "a part of town" },
];

/** From flat side to flat side. */
export const hexagonWidth_km = (area_km2: number): number =>
  Math.sqrt((2 * area_km2) / Math.sqrt(3));

function boundsArea_km2([west, south, east, north]: Bbox): number {
  const radians = Math.PI / 180;
  const height = Math.sin(north * radians) - Math.sin(south * radians);
  return EARTH_RADIUS_KM ** 2 * (east - west) * radians * height;
}

export const expectedHexagons = (bounds: Bbox, { area_km2 }: HexagonSize): number =>
  boundsArea_km2(bounds) / area_km2;

export function sizeWords({ area_km2, comparison }: HexagonSize): string {
  const digits = area_km2 < 10 ? 1 : 0;
  const width = formatNumber(hexagonWidth_km(area_km2), digits);
  const area = formatNumber(Number(area_km2.toPrecision(3)), digits);
  return `about ${area} km² each, ${width} km across: ${comparison}`;
}

/** How many there would be, rounded so that it does not look exact. */
export function countWords(n_expected: number): string {
  if (n_expected < 0.5) return "the area is smaller than one hexagon";
  if (n_expected < 1.5) return "about 1 hexagon in this area";
  return `about ${formatCount(Number(n_expected.toPrecision(2)))} hexagons in this area`;
}

export type Fit = "fits" | "close" | "too_many" | "too_few";

export function fitOf(n_expected: number): Fit {
  if (n_expected < 0.5) return "too_few";
  if (n_expected > UNITS_MAX * (1 + MARGIN)) return "too_many";
  return n_expected > UNITS_MAX * (1 - MARGIN) ? "close" : "fits";
}
