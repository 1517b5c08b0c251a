import { PbfWriter } from "pbf";
import { describe, expect, it } from "vitest";
import { decodeTile } from "./decode";
import { type DecodedAccounts, type DecodedUnits, NO_UNIT, transferables } from "./decoded";
import { accountNear, unitAt } from "./hitTest";

type Point = [x: number, y: number];

interface Feature {
  id?: number;
  properties?: Record<string, number | string>;
  ring?: Point[];
  point?: Point;
}

// Two squares side by side, and one below whose corner was rounded by one tile unit:
//   west (1) | east (2)
//   ------ south (3) ---
const west: Point[] = [
  [0, 0],
  [100, 0],
  [100, 100],
  [0, 100],
];
const east: Point[] = [
  [100, 0],
  [200, 0],
  [200, 100],
  [100, 100],
];
const south: Point[] = [
  [0, 101],
  [200, 100],
  [200, 200],
  [0, 200],
];

const units = decodeTile(
  encode("units", [
    { id: 1, ring: west, properties: { name: "West" } },
    { id: 2, ring: east, properties: { name: "East" } },
    { id: 3, ring: south, properties: { name: "South" } },
  ]),
  "units",
) as DecodedUnits;

describe("a units tile", () => {
  it("gives ids, names and a box for each unit", () => {
    expect([...units.ids]).toEqual([1, 2, 3]);
    expect(units.names).toEqual(["West", "East", "South"]);
    expect([...units.boxes.slice(0, 4)]).toEqual([0, 0, 100, 100]);
  });

  it("finds the unit under a point, and none beside them all", () => {
    expect(unitAt(units, 50, 50)).toBe(0);
    expect(unitAt(units, 150, 50)).toBe(1);
    expect(unitAt(units, 150, 150)).toBe(2);
    expect(unitAt(units, 300, 50)).toBeNull();
  });

  it("knows which two units a shared border parts", () => {
    expect(sidesOf(units)).toContainEqual([0, 1]);
  });

  it("finds the neighbour across a border that rounding moved", () => {
    const sides = sidesOf(units);
    expect(sides).toContainEqual([0, 2]);
    expect(sides).toContainEqual([1, 2]);
  });

  it("marks the outer edge as having nobody beyond", () => {
    expect(sidesOf(units)).toContainEqual([0, NO_UNIT]);
  });

  it("hands its arrays over instead of copying them", () => {
    expect(transferables(units)).toHaveLength(8);
  });
});

describe("an accounts tile", () => {
  const accounts = decodeTile(
    encode("accounts", [
      { id: 7, point: [10, 10], properties: { n: 1, r: 250, t: 3 } },
      { point: [400, 400], properties: { n: 12, r: 9000, t: 0 } },
    ]),
    "accounts",
  ) as DecodedAccounts;

  it("gives groups and single points alike", () => {
    expect([...accounts.counts]).toEqual([1, 12]);
    expect([...accounts.territories]).toEqual([3, 0]);
    expect([...accounts.ids]).toEqual([7, 0]);
  });

  it("finds the nearest within reach only", () => {
    expect(accountNear(accounts, 14, 12, 20)).toBe(0);
    expect(accountNear(accounts, 100, 100, 20)).toBeNull();
  });
});

describe("an empty answer", () => {
  it("is an empty tile, not an error", () => {
    const tile = decodeTile(new ArrayBuffer(0), "units") as DecodedUnits;
    expect(tile.ids).toHaveLength(0);
    expect(unitAt(tile, 1, 1)).toBeNull();
  });
});

function sidesOf(tile: DecodedUnits): [number, number][] {
  return Array.from({ length: tile.borderSides.length / 2 }, (_, border) => [
    tile.borderSides[border * 2] ?? 0,
    tile.borderSides[border * 2 + 1] ?? 0,
  ]);
}

/** Writes a tile as the specification says; only what these tests need. */
function encode(layerName: string, features: Feature[]): ArrayBuffer {
  const keys = [...new Set(features.flatMap(({ properties }) => Object.keys(properties ?? {})))];
  const values = [
    ...new Set(features.flatMap(({ properties }) => Object.values(properties ?? {}))),
  ];
  const tile = new PbfWriter();
  tile.writeMessage(
    3,
    (_layer, pbf) => {
      pbf.writeStringField(1, layerName);
      for (const feature of features) {
        pbf.writeMessage(
          2,
          (written: Feature, to) => writeFeature(written, to, keys, values),
          feature,
        );
      }
      for (const key of keys) pbf.writeStringField(3, key);
      for (const value of values) {
        pbf.writeMessage(
          4,
          (written: number | string, to) => {
            if (typeof written === "string") to.writeStringField(1, written);
            else to.writeDoubleField(3, written);
          },
          value,
        );
      }
      pbf.writeVarintField(5, 4096);
      pbf.writeVarintField(15, 2);
    },
    null,
  );
  return new Uint8Array(tile.finish()).buffer;
}

function writeFeature(
  { id, properties, ring, point }: Feature,
  to: PbfWriter,
  keys: string[],
  values: (number | string)[],
): void {
  if (id !== undefined) to.writeVarintField(1, id);
  const tags = Object.entries(properties ?? {}).flatMap(([key, value]) => [
    keys.indexOf(key),
    values.indexOf(value),
  ]);
  to.writePackedVarint(2, tags);
  to.writeVarintField(3, ring ? 3 : 1);
  to.writePackedVarint(4, ring ? ringCommands(ring) : point ? [9, ...point.map(zigzag)] : []);
}

function ringCommands(ring: Point[]): number[] {
  const commands: number[] = [];
  let [x, y] = [0, 0];
  ring.forEach((corner, i) => {
    if (i === 0) commands.push(9);
    if (i === 1) commands.push(((ring.length - 1) << 3) | 2);
    commands.push(zigzag(corner[0] - x), zigzag(corner[1] - y));
    [x, y] = corner;
  });
  return [...commands, 15];
}

function zigzag(value: number): number {
  return (value << 1) ^ (value >> 31);
}
