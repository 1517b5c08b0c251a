/**
 * Colours for the most frequent segments, told apart with every kind of colour blindness (Okabe & Ito 2008). The eighth
 * stands for all others and for none.
 */
export const SEGMENT_COLOURS = [
  "#0072b2",
  "#e69f00",
  "#009e73",
  "#cc79a7",
  "#d55e00",
  "#56b4e9",
  "#f0e442",
] as const;
export const OTHER_SEGMENTS_COLOUR = "#7d878d";

export interface SegmentNumber {
  /** From 1; the most frequent ones have the lowest. */
  number: number;
  name: string;
}

export function segmentColour(number: number): string {
  return SEGMENT_COLOURS[number - 1] ?? OTHER_SEGMENTS_COLOUR;
}

/** What the colours mean, in their order; the last is for all that share one. */
export function segmentLegend(
  segments: readonly SegmentNumber[],
): { colour: string; label: string }[] {
  const own = segments.filter(({ number }) => number <= SEGMENT_COLOURS.length);
  const hasOthers = own.length < segments.length;
  return [
    ...own.map(({ number, name }) => ({ colour: segmentColour(number), label: name })),
    {
      colour: OTHER_SEGMENTS_COLOUR,
      label: hasOthers ? "other segments, or none" : "no segment",
    },
  ];
}
