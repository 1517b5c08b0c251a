import type { Account, Bbox, Page } from "@/api/types";
import { formatCount } from "@/domain/format";
import { stateCode } from "./states";

type Place = Pick<Account, "region" | "country" | "lon" | "lat">;

export interface AccountPlaces {
  /** Postal codes in alphabetical order. */
  states: string[];
  bounds: Bbox | null;
  n_located: number;
  /** False when these are only the first of many. */
  isAll: boolean;
}

const MARGIN_DEGREES = 0.1;

export function accountPlaces({
  results,
  next,
}: Pick<Page<Place>, "next"> & { results: readonly Place[] }): AccountPlaces {
  const codes = results.filter(isInUnitedStates).map(({ region }) => stateCode(region));
  const located = results.flatMap(({ lon, lat }) =>
    typeof lon === "number" && typeof lat === "number" ? [{ lon, lat }] : [],
  );
  return {
    states: [...new Set(codes)].filter((code) => code !== null).sort(),
    bounds: located.length > 0 ? boundsAround(located) : null,
    n_located: located.length,
    isAll: next === null,
  };
}

function isInUnitedStates({ country }: Place): boolean {
  return /^(|us|usa|united states.*)$/i.test(country.trim());
}

/** A rectangle with a margin, its edges on tenths of a degree. */
function boundsAround(points: readonly { lon: number; lat: number }[]): Bbox {
  const lons = points.map(({ lon }) => lon);
  const lats = points.map(({ lat }) => lat);
  const down = (value: number) => Math.floor((value - MARGIN_DEGREES) * 10) / 10;
  const up = (value: number) => Math.ceil((value + MARGIN_DEGREES) * 10) / 10;
  return [
    Math.max(-180, down(Math.min(...lons))),
    Math.max(-90, down(Math.min(...lats))),
    Math.min(180, up(Math.max(...lons))),
    Math.min(90, up(Math.max(...lats))),
  ];
}

/** What a filled-in rectangle holds, and what it may leave out. */
export function boundsWords({ n_located, isAll }: AccountPlaces): string {
  const n = formatCount(n_located);
  return isAll
    ? `Filled in around your accounts: all ${n} with coordinates lie inside.`
    : `Filled in around ${n} of your accounts. Widen it if others lie outside.`;
}

export function statesWords({ isAll }: AccountPlaces): string {
  return isAll
    ? "Filled in with the states your accounts are in."
    : "Filled in from a part of your accounts. Add states that are missing.";
}
