import type { Account, Bbox, Territory } from "@/api/types";
import type { UnitColumns } from "@/domain/units";

export type Match = {
  key: string;
  title: string;
  detail: string;
} & (
  | { kind: "territory"; territoryId: number; bbox: Bbox }
  | { kind: "area"; bbox: Bbox }
  | { kind: "place"; lon: number; lat: number; zoom: number }
);

export interface MatchGroup {
  label: string;
  matches: Match[];
}

export interface NamedArea {
  name: string;
  bbox: Bbox;
}

const MOST_A_GROUP = 6;
const ACCOUNT_ZOOM = 14;
const TOWN_ZOOM = 11;
const UNIT_ZOOM = 9;

/** What the words may mean, from what the desk has: nothing is asked of any place-name service. */
export function findMatches(
  words: string,
  {
    territories,
    units,
    areas,
    accounts,
  }: {
    territories: readonly Territory[];
    units: UnitColumns | null;
    areas: readonly NamedArea[];
    /** Those the server found for these words. */
    accounts: readonly Account[];
  },
): MatchGroup[] {
  const wanted = folded(words);
  if (wanted === "") return [];
  const holds = (text: string | undefined) => text !== undefined && folded(text).includes(wanted);
  const groups: MatchGroup[] = [
    {
      label: "Territories and reps",
      matches: territories.flatMap(({ id, name, rep, bbox }) =>
        bbox && (holds(name) || holds(rep?.name))
          ? [
              {
                kind: "territory",
                key: `territory ${id}`,
                title: name,
                detail: rep?.name ?? "nobody’s",
                territoryId: id,
                bbox,
              },
            ]
          : [],
      ),
    },
    { label: "Places", matches: placesFor(wanted, units, areas, accounts) },
    {
      label: "Accounts",
      matches: accounts.flatMap(({ id, name, city, region, lon, lat }) =>
        lon === null || lat === null
          ? []
          : [
              {
                kind: "place",
                key: `account ${id}`,
                title: name,
                detail: [city, region].filter(Boolean).join(", "),
                lon,
                lat,
                zoom: ACCOUNT_ZOOM,
              },
            ],
      ),
    },
  ];
  return groups
    .map(({ label, matches }) => ({ label, matches: matches.slice(0, MOST_A_GROUP) }))
    .filter(({ matches }) => matches.length > 0);
}

/** Towns that accounts are in, units, and the states and countries of the basemap. */
function placesFor(
  wanted: string,
  units: UnitColumns | null,
  areas: readonly NamedArea[],
  accounts: readonly Account[],
): Match[] {
  const towns = new Map<string, Match>();
  for (const { city, region, lon, lat } of accounts) {
    if (lon === null || lat === null || !folded(city).startsWith(wanted)) continue;
    const title = [city, region].filter(Boolean).join(", ");
    const place = { lon, lat, zoom: TOWN_ZOOM };
    towns.set(title, { kind: "place", key: `town ${title}`, title, detail: "town", ...place });
  }
  const unitMatches = (units?.names ?? []).flatMap((name, i): Match[] =>
    folded(name).startsWith(wanted)
      ? [
          {
            kind: "place",
            key: `unit ${units?.ids[i]}`,
            title: name,
            detail: "unit",
            lon: units?.lons[i] ?? 0,
            lat: units?.lats[i] ?? 0,
            zoom: UNIT_ZOOM,
          },
        ]
      : [],
  );
  const areaMatches = areas
    .filter(({ name }) => folded(name).startsWith(wanted))
    .map(
      ({ name, bbox }): Match => ({
        kind: "area",
        key: `area ${name}`,
        title: name,
        detail: "state or country",
        bbox,
      }),
    );
  return [...towns.values(), ...areaMatches, ...unitMatches];
}

/** Without case and accents, as people type. */
function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
