import { describe, expect, it } from "vitest";
import { boundsOf, effectWords, onBarrier, partedWords, shapeOfDrawn } from "./barrierWords";

const RIVER = { name: "Flint", kind: "river", is_hard: true, cost_km: 0, bridges: [] } as const;
const CORNERS: [number, number][] = [
  [0, 1],
  [2, 1],
  [2, 3],
];

describe("a barrier in words", () => {
  it("says what it is, what it does and how many bridges it has", () => {
    expect(effectWords({ ...RIVER, bridges: [] })).toBe("River · hard");
    expect(effectWords({ ...RIVER, bridges: [[1, 2]] })).toBe("River · hard · 1 bridge");
    expect(effectWords({ ...RIVER, is_hard: false, cost_km: 12, bridges: [] })).toBe(
      "River · soft, 12 km a crossing",
    );
  });

  it("counts in the layer at hand, and in every one where there is none", () => {
    const parted = [
      { layer_id: 1, name: "Counties", n_parted: 1 },
      { layer_id: 2, name: "Hexagons", n_parted: 1200 },
    ];
    const counties = "1 pair of neighbouring units in Counties";
    expect(partedWords(parted, 1)).toBe(counties);
    expect(partedWords(parted, null)).toBe(
      `${counties}, 1,200 pairs of neighbouring units in Hexagons`,
    );
    expect(partedWords([], null)).toBe("There is no unit layer yet.");
  });
});

describe("a drawn barrier", () => {
  it("is a line as it was clicked, or an area closed on its first corner", () => {
    expect(shapeOfDrawn({ points: CORNERS, isArea: false })).toEqual({
      type: "LineString",
      coordinates: CORNERS,
    });
    expect(shapeOfDrawn({ points: CORNERS, isArea: true })).toEqual({
      type: "Polygon",
      coordinates: [[...CORNERS, [0, 1]]],
    });
  });

  it("is found by its bounds", () => {
    expect(boundsOf(shapeOfDrawn({ points: CORNERS, isArea: true }))).toEqual([0, 1, 2, 3]);
  });
});

describe("a bridge", () => {
  it("lies on the line that somebody clicked beside", () => {
    const line = shapeOfDrawn({ points: CORNERS, isArea: false });
    expect(onBarrier(line, [1.5, 0.7])[0]).toBeCloseTo(1.5);
    expect(onBarrier(line, [1.5, 0.7])[1]).toBe(1);
    expect(onBarrier(line, [2.4, 2])).toEqual([2, 2]);
    expect(onBarrier(line, [-3, 1])).toEqual([0, 1]);
  });

  it("lies on the edge of an area", () => {
    const area = shapeOfDrawn({ points: CORNERS, isArea: true });
    expect(onBarrier(area, [1.8, 1.5])).toEqual([2, 1.5]);
  });
});
