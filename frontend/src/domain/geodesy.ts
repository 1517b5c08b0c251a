/** Lengths and areas on a sphere with the Earth's mean radius: within 0.6 % of the ellipsoid everywhere. */

type LonLat = readonly [lon: number, lat: number];

const EARTH_RADIUS_KM = 6371.0088;
const RADIANS = Math.PI / 180;

export function distance_km([lonA, latA]: LonLat, [lonB, latB]: LonLat): number {
  const halfLat = ((latB - latA) * RADIANS) / 2;
  const halfLon = ((lonB - lonA) * RADIANS) / 2;
  const chord =
    Math.sin(halfLat) ** 2 +
    Math.cos(latA * RADIANS) * Math.cos(latB * RADIANS) * Math.sin(halfLon) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}

export function pathLength_km(path: readonly LonLat[]): number {
  return path.slice(1).reduce((sum, point, i) => sum + distance_km(path[i] ?? point, point), 0);
}

/** Area inside a ring, closed or not, whichever way it turns (Chamberlain & Duquette 2007). */
export function ringArea_km2(ring: readonly LonLat[]): number {
  if (ring.length < 3) return 0;
  const twice = ring.reduce((sum, [lon, lat], i) => {
    const [nextLon, nextLat] = ring[(i + 1) % ring.length] ?? [lon, lat];
    const sines = 2 + Math.sin(lat * RADIANS) + Math.sin(nextLat * RADIANS);
    return sum + (nextLon - lon) * RADIANS * sines;
  }, 0);
  return Math.abs((twice * EARTH_RADIUS_KM ** 2) / 2);
}

/** The longest round length (1, 2 or 5 times a power of ten) that fits into so many pixels. */
export function scaleBar(
  metresPerPixel: number,
  limit_px: number,
): { length_m: number; width_px: number } {
  const longest_m = metresPerPixel * limit_px;
  const power = 10 ** Math.floor(Math.log10(longest_m));
  const length_m = power * (longest_m >= 5 * power ? 5 : longest_m >= 2 * power ? 2 : 1);
  return { length_m, width_px: length_m / metresPerPixel };
}
