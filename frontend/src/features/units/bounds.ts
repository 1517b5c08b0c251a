import type { Bbox } from "@/api/types";

export const SIDES = ["west", "south", "east", "north"] as const;
export type Side = (typeof SIDES)[number];
export type SideTexts = Record<Side, string>;
export type SideProblems = Partial<Record<Side, string>>;

export const NO_SIDES: SideTexts = { west: "", south: "", east: "", north: "" };

const LIMIT: Record<Side, number> = { west: 180, east: 180, south: 90, north: 90 };
const NUMBER = /^[-−+]?\d+([.,]\d+)?$/;

/** "−85,6" and "-85.6" are the same place; null when it is no number. */
function degrees(text: string): number | null {
  const given = text.trim();
  return NUMBER.test(given) ? Number(given.replace("−", "-").replace(",", ".")) : null;
}

/** The rectangle that was typed, or what is wrong with each side. */
export function readBounds(texts: SideTexts): { bounds: Bbox | null; problems: SideProblems } {
  const problems: SideProblems = {};
  const read = (side: Side): number => {
    const value = degrees(texts[side]);
    const limit = LIMIT[side];
    if (texts[side].trim() === "") problems[side] = `Enter the ${side} edge in degrees.`;
    else if (value === null) problems[side] = "Enter degrees as a number, such as -85.6.";
    else if (Math.abs(value) > limit) problems[side] = `Must be from −${limit} to ${limit}.`;
    return value ?? 0;
  };
  const bounds: Bbox = [read("west"), read("south"), read("east"), read("north")];
  const [west, south, east, north] = bounds;
  if (!problems.west && !problems.east) {
    if (west >= east) problems.east = "Must be larger than the west edge.";
    else if (east - west > 180) problems.east = "Must be at most 180 degrees from the west edge.";
  }
  if (!problems.south && !problems.north && south >= north) {
    problems.north = "Must be larger than the south edge.";
  }
  return { bounds: Object.keys(problems).length === 0 ? bounds : null, problems };
}

export const sideTexts = ([west, south, east, north]: Bbox): SideTexts => ({
  west: String(west),
  south: String(south),
  east: String(east),
  north: String(north),
});
