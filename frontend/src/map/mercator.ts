/** Web Mercator on a unit square: x east from the date line, y south from the northern edge. */

const LIMIT_LAT = 85.0511287798066;

export function worldX(lon: number): number {
  return (lon + 180) / 360;
}

export function worldY(lat: number): number {
  const limited = Math.max(-LIMIT_LAT, Math.min(LIMIT_LAT, lat));
  const sine = Math.sin((limited * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** Pixels of the whole world along one side at a zoom. */
export function worldSize_px(zoom: number): number {
  return 256 * 2 ** zoom;
}
