/** Tiles as typed arrays: cheap to hand over from the worker, cheap to draw from. */

export interface DecodedUnits {
  kind: "units";
  extent: number;
  ids: Float64Array;
  names: string[];
  /** x, y pairs in tile units. */
  coords: Int16Array;
  /** First point of each ring, with one closing entry. */
  ringStarts: Uint32Array;
  /** First ring of each unit, with one closing entry. */
  unitRings: Uint32Array;
  /** west, north, east, south of each unit in tile units. */
  boxes: Int16Array;
  /** Unit positions on both sides of each border; NO_UNIT where there is none. */
  borderSides: Uint32Array;
  /** First segment of each border, with one closing entry. */
  borderStarts: Uint32Array;
  /** x1, y1, x2, y2 for each segment. */
  segments: Int16Array;
}

export interface DecodedAccounts {
  kind: "accounts";
  extent: number;
  ids: Float64Array;
  coords: Int16Array;
  counts: Uint32Array;
  revenues: Float64Array;
  territories: Float64Array;
  /** Numbers of segments; 0 where there is none, or the tile was asked for without. */
  segments: Uint8Array;
}

export type DecodedTile = DecodedUnits | DecodedAccounts;
export type TileKind = DecodedTile["kind"];

export const NO_UNIT = 0xffffffff;

export interface LoadMessage {
  key: number;
  url: string;
  kind: TileKind;
}

export type WorkerAnswer =
  | { key: number; tile: DecodedTile }
  | { key: number; tile: null; status: number };

export function transferables(tile: DecodedTile): ArrayBuffer[] {
  return Object.values(tile)
    .filter((value): value is Float64Array<ArrayBuffer> => ArrayBuffer.isView(value))
    .map((view) => view.buffer);
}
