import type { Account } from "@/api/types";

export interface Place {
  lon: number;
  lat: number;
}

export type Order = "near" | "revenue" | "name";

export interface ListedAccount {
  account: Account;
  /** Great-circle distance from the chosen origin; null for an account without a point. */
  distanceKm: number | null;
}

const EARTH_RADIUS_KM = 6371.0088;
const toRadians = (degrees: number): number => (degrees * Math.PI) / 180;

export function distanceKm(from: Place, to: Place): number {
  const halfLat = Math.sin(toRadians(to.lat - from.lat) / 2);
  const halfLon = Math.sin(toRadians(to.lon - from.lon) / 2);
  const chord =
    halfLat ** 2 + Math.cos(toRadians(from.lat)) * Math.cos(toRadians(to.lat)) * halfLon ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}

export function placeOf(account: Account): Place | null {
  return account.lon === null || account.lat === null
    ? null
    : { lon: account.lon, lat: account.lat };
}

const fold = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase();

/** Every word typed must start or be inside the name, the address, the segment or the id. */
export function matches(account: Account, search: string): boolean {
  const words = fold(search).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const { name, street, city, postal_code, segment, external_id } = account;
  const haystack = fold([name, street, city, postal_code, segment, external_id].join(" "));
  return words.every((word) => haystack.includes(word));
}

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

const COMPARE: Record<Order, (a: ListedAccount, b: ListedAccount) => number> = {
  near: (a, b) => compareNumbers(a.distanceKm ?? Infinity, b.distanceKm ?? Infinity),
  revenue: (a, b) =>
    compareNumbers(b.account.revenue_minor ?? -Infinity, a.account.revenue_minor ?? -Infinity),
  name: () => 0,
};

/** Unlike a subtraction this does not turn two infinities into NaN. */
function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface ListChoice {
  search: string;
  order: Order;
  origin: Place | null;
}

export function listAccounts(
  accounts: Account[],
  { search, order, origin }: ListChoice,
): ListedAccount[] {
  return accounts
    .filter((account) => matches(account, search))
    .map((account) => {
      const place = placeOf(account);
      return { account, distanceKm: origin && place ? distanceKm(origin, place) : null };
    })
    .sort(
      (a, b) =>
        COMPARE[order](a, b) ||
        byName.compare(a.account.name, b.account.name) ||
        a.account.id - b.account.id,
    );
}
