import { VectorTile, type VectorTileLayer } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import { findBorders } from "./borders";
import type { DecodedAccounts, DecodedTile, DecodedUnits, TileKind } from "./decoded";

const POLYGON = 3;

export function decodeTile(buffer: ArrayBuffer, kind: TileKind): DecodedTile {
  const layer = new VectorTile(new PbfReader(new Uint8Array(buffer))).layers[kind];
  return kind === "units" ? decodeUnits(layer) : decodeAccounts(layer);
}

function decodeAccounts(layer: VectorTileLayer | undefined): DecodedAccounts {
  const n = layer?.length ?? 0;
  const tile: DecodedAccounts = {
    kind: "accounts",
    extent: layer?.extent ?? 4096,
    ids: new Float64Array(n),
    coords: new Int16Array(n * 2),
    counts: new Uint32Array(n),
    revenues: new Float64Array(n),
    territories: new Float64Array(n),
    segments: new Uint8Array(n),
  };
  for (let i = 0; layer && i < n; i++) {
    const feature = layer.feature(i);
    const point = feature.loadGeometry()[0]?.[0];
    tile.ids[i] = feature.id ?? 0;
    tile.coords[i * 2] = point?.x ?? 0;
    tile.coords[i * 2 + 1] = point?.y ?? 0;
    tile.counts[i] = Number(feature.properties.n ?? 1);
    tile.revenues[i] = Number(feature.properties.r ?? 0);
    tile.territories[i] = Number(feature.properties.t ?? 0);
    tile.segments[i] = Number(feature.properties.s ?? 0);
  }
  return tile;
}

function decodeUnits(layer: VectorTileLayer | undefined): DecodedUnits {
  const ids: number[] = [];
  const names: string[] = [];
  const coords: number[] = [];
  const ringStarts = [0];
  const unitRings = [0];
  const boxes: number[] = [];
  for (let i = 0; layer && i < layer.length; i++) {
    const feature = layer.feature(i);
    if (feature.type !== POLYGON) continue;
    const rings = feature.loadGeometry();
    let west = Number.POSITIVE_INFINITY;
    let north = Number.POSITIVE_INFINITY;
    let east = Number.NEGATIVE_INFINITY;
    let south = Number.NEGATIVE_INFINITY;
    for (const ring of rings) {
      for (const { x, y } of ring) {
        coords.push(x, y);
        west = Math.min(west, x);
        north = Math.min(north, y);
        east = Math.max(east, x);
        south = Math.max(south, y);
      }
      ringStarts.push(coords.length / 2);
    }
    unitRings.push(ringStarts.length - 1);
    boxes.push(west, north, east, south);
    ids.push(feature.id ?? 0);
    names.push(String(feature.properties.name ?? ""));
  }
  const shapes = {
    extent: layer?.extent ?? 4096,
    coords: Int16Array.from(coords),
    ringStarts: Uint32Array.from(ringStarts),
    unitRings: Uint32Array.from(unitRings),
    boxes: Int16Array.from(boxes),
  };
  return { kind: "units", ids: Float64Array.from(ids), names, ...shapes, ...findBorders(shapes) };
}
