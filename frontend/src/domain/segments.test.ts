import { describe, expect, it } from "vitest";
import { OTHER_SEGMENTS_COLOUR, SEGMENT_COLOURS, segmentColour, segmentLegend } from "./segments";

const segments = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ number: i + 1, name: `Segment ${i + 1}` }));

describe("colours of segments", () => {
  it("are one each for the first seven, and one for all others and for none", () => {
    const shown = [1, 2, 3, 4, 5, 6, 7].map(segmentColour);
    expect(new Set(shown).size).toBe(7);
    expect([0, 8, 250].map(segmentColour)).toEqual(Array(3).fill(OTHER_SEGMENTS_COLOUR));
    expect(shown).not.toContain(OTHER_SEGMENTS_COLOUR);
  });

  it("are told by the legend, the last row standing for the rest", () => {
    expect(segmentLegend(segments(2)).map(({ label }) => label)).toEqual([
      "Segment 1",
      "Segment 2",
      "no segment",
    ]);
    const many = segmentLegend(segments(20));
    expect(many).toHaveLength(SEGMENT_COLOURS.length + 1);
    expect(many.at(-1)?.label).toBe("other segments, or none");
  });
});
