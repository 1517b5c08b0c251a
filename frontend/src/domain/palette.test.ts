import { describe, expect, it } from "vitest";
import {
  boxNeighbours,
  distinctColours,
  freeColour,
  type Neighbours,
  ownersBeside,
  TERRITORY_COLOURS,
  territoryNeighbours,
} from "./palette";

describe("freeColour", () => {
  it("differs from every neighbour", () => {
    const colours = new Map(TERRITORY_COLOURS.slice(0, 8).map((colour, i) => [i + 1, colour]));
    const neighbours = new Map([[99, new Set(colours.keys())]]);
    expect([...colours.values()]).not.toContain(freeColour(99, colours, neighbours));
  });

  it("takes a colour nobody has before one that is far away", () => {
    const colours = new Map([[1, TERRITORY_COLOURS[0]]]);
    expect(freeColour(2, colours, new Map())).not.toBe(TERRITORY_COLOURS[0]);
  });
});

describe("territoryNeighbours", () => {
  it("links territories whose units touch, and leaves nobody out", () => {
    const owner = new Map([
      [10, 1],
      [11, 2],
      [12, 0],
    ]);
    const neighbours = territoryNeighbours(
      [
        [10, 11, 0],
        [11, 12, 0],
      ],
      (unit) => owner.get(unit) ?? 0,
    );
    expect(neighbours.get(1)).toEqual(new Set([2]));
    expect(neighbours.get(2)).toEqual(new Set([1]));
    expect(neighbours.has(0)).toBe(false);
  });
});

const [RED = "", BLUE = "", GREEN = ""] = TERRITORY_COLOURS;
const linked = (...pairs: [number, number][]): Neighbours => {
  const neighbours = new Map<number, Set<number>>();
  for (const [a, b] of pairs.flatMap(([a, b]) => [[a, b] as const, [b, a] as const])) {
    neighbours.set(a, (neighbours.get(a) ?? new Set()).add(b));
  }
  return neighbours;
};
const clashes = (colours: ReadonlyMap<number, string>, neighbours: Neighbours) =>
  [...neighbours].flatMap(([id, beside]) =>
    [...beside].filter((other) => colours.get(other) === colours.get(id)),
  );

describe("distinctColours", () => {
  it("changes nothing where neighbours differ already", () => {
    const colours = new Map([
      [1, RED],
      [2, BLUE],
      [3, RED],
    ]);
    expect(distinctColours(colours, linked([1, 2], [2, 3]))).toEqual(new Map());
  });

  it("changes one of two that are alike, and nobody else", () => {
    const colours = new Map([
      [1, RED],
      [2, RED.toUpperCase()],
      [3, GREEN],
    ]);
    const changes = distinctColours(colours, linked([1, 2], [2, 3]));
    expect([...changes.keys()]).toEqual([1]);
    expect(changes.get(1)).not.toBe(RED);
  });

  it("colours a large grid where everybody had one colour", () => {
    const side = 20;
    const ids = Array.from({ length: side * side }, (_, i) => i + 1);
    const neighbours = linked(
      ...ids
        .filter((id) => id % side !== 0)
        .map((id): [number, number] => [id, id + 1])
        .concat(ids.slice(0, -side).map((id): [number, number] => [id, id + side])),
    );
    const colours = new Map(ids.map((id) => [id, RED]));
    const after = new Map([...colours, ...distinctColours(colours, neighbours)]);
    expect(clashes(after, neighbours)).toEqual([]);
  });

  it("colours all anew where one is shut in by all colours", () => {
    const around = TERRITORY_COLOURS.map((_, i) => i + 2);
    const colours = new Map(TERRITORY_COLOURS.map((colour, i) => [i + 2, colour as string]));
    colours.set(1, RED);
    const neighbours = linked(...around.map((id): [number, number] => [1, id]));
    const after = new Map([...colours, ...distinctColours(colours, neighbours)]);
    expect(clashes(after, neighbours)).toEqual([]);
  });
});

describe("neighbours of what is not made of units yet", () => {
  it("are those whose boxes meet", () => {
    const territories = [
      { id: 1, bbox: [0, 0, 2, 2] },
      { id: 2, bbox: [2, 1, 3, 3] },
      { id: 3, bbox: [5, 5, 6, 6] },
      { id: 4, bbox: null },
    ];
    expect(boxNeighbours(territories)).toEqual(
      new Map([
        [1, new Set([2])],
        [2, new Set([1])],
        [3, new Set()],
      ]),
    );
  });

  it("are the owners of the units around those it takes", () => {
    const owner = new Map([
      [10, 1],
      [11, 2],
      [12, 0],
      [13, 3],
    ]);
    const edges = [
      [10, 11],
      [11, 12],
      [12, 13],
    ];
    const beside = ownersBeside(edges, (unit) => owner.get(unit) ?? 0, new Set([11, 12]));
    expect(beside).toEqual(new Set([1, 3]));
  });
});
