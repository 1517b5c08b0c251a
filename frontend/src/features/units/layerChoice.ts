import type { NewUnitLayer } from "@/api/unitLayers";
import { formatCount, formatNumber } from "@/domain/format";
import { readBounds, type SideProblems, type SideTexts } from "./bounds";
import { expectedHexagons, fitOf, HEXAGON_SIZES, UNITS_MAX } from "./hexagonSizes";
import { stateName } from "./states";

/** What is filled in at this moment. */
export interface LayerChoice {
  kind: NewUnitLayer["kind"];
  states: readonly string[];
  isWholeCountry: boolean;
  resolution: number;
  sides: SideTexts;
  /** Null while nobody has typed one: the suggested name follows the choice. */
  name: string | null;
}

/** What was touched; null is filled in from the accounts. */
export type LayerDraft = Omit<LayerChoice, "states" | "sides"> & {
  states: readonly string[] | null;
  sides: SideTexts | null;
};

export interface ChoiceProblems {
  name?: string;
  states?: string;
  resolution?: string;
  sides: SideProblems;
}

const NAME_MAX = 200;
const NAMED_STATES_MAX = 3;

export const hexagonSize = (resolution: number) =>
  HEXAGON_SIZES.find((size) => size.resolution === resolution);

export function suggestedName({ kind, states, isWholeCountry, resolution }: LayerChoice): string {
  if (kind === "h3") {
    const area_km2 = hexagonSize(resolution)?.area_km2 ?? 0;
    return `Hexagons of ${formatNumber(area_km2, area_km2 < 10 ? 1 : 0)} km²`;
  }
  if (isWholeCountry) return "Counties of the United States";
  if (states.length === 0) return "Counties";
  if (states.length > NAMED_STATES_MAX) return `Counties of ${states.length} states`;
  return `Counties of ${states.map(stateName).join(", ")}`;
}

export const layerName = (choice: LayerChoice): string =>
  (choice.name ?? suggestedName(choice)).trim();

/** The request, or what to mend first. */
export function readChoice(choice: LayerChoice): {
  body: NewUnitLayer | null;
  problems: ChoiceProblems;
} {
  const name = layerName(choice);
  const problems: ChoiceProblems = { sides: {} };
  if (name === "") problems.name = "Give the layer a name.";
  if (name.length > NAME_MAX) problems.name = `At most ${NAME_MAX} characters.`;
  const body =
    choice.kind === "counties"
      ? readCounties(choice, name, problems)
      : readHexagons(choice, name, problems);
  return { body: problems.name ? null : body, problems };
}

function readCounties(
  { states, isWholeCountry }: LayerChoice,
  name: string,
  problems: ChoiceProblems,
): NewUnitLayer | null {
  if (isWholeCountry) return { kind: "counties", name };
  if (states.length === 0) problems.states = "Choose at least one state, or the whole country.";
  return problems.states ? null : { kind: "counties", name, states: [...states] };
}

function readHexagons(
  { resolution, sides }: LayerChoice,
  name: string,
  problems: ChoiceProblems,
): NewUnitLayer | null {
  const { bounds, problems: sideProblems } = readBounds(sides);
  problems.sides = sideProblems;
  const size = hexagonSize(resolution);
  if (!bounds || !size) return null;
  const fit = fitOf(expectedHexagons(bounds, size));
  if (fit === "too_many") {
    problems.resolution = `A layer holds at most ${formatCount(UNITS_MAX)} hexagons. Choose larger ones or a smaller area.`;
  }
  if (fit === "too_few") {
    problems.resolution = "No hexagon fits. Choose smaller hexagons or a larger area.";
  }
  return problems.resolution ? null : { kind: "h3", name, resolution, bbox: bounds };
}
