import { describe, expect, it } from "vitest";
import type { Account } from "@/api/types";
import { distanceKm, listAccounts, matches } from "./accountList";

const MACON = { lon: -83.6324, lat: 32.8407 };

function account(id: number, fields: Partial<Account> = {}): Account {
  return {
    id,
    external_id: `A-${id}`,
    name: `Account ${id}`,
    street: "",
    city: "",
    region: "",
    postal_code: "",
    country: "US",
    phone: "",
    segment: "",
    crm_owner: "",
    lon: null,
    lat: null,
    geocode_quality: "",
    revenue_minor: null,
    potential_minor: null,
    pipeline_minor: null,
    visits_per_year: null,
    service_min_per_visit: null,
    visits_done: null,
    workload_h: null,
    custom_metrics: {},
    ...fields,
  };
}

const ids = (listed: { account: Account }[]): number[] => listed.map(({ account: { id } }) => id);

describe("distance", () => {
  it("from Macon to Atlanta is about 123 km", () => {
    expect(distanceKm(MACON, { lon: -84.388, lat: 33.749 })).toBeCloseTo(122.8, 0);
  });

  it("across the antimeridian takes the short way", () => {
    expect(distanceKm({ lon: 179.9, lat: 0 }, { lon: -179.9, lat: 0 })).toBeLessThan(23);
  });

  it("between opposite points is half the earth's girth, not NaN", () => {
    expect(distanceKm({ lon: 0, lat: 0 }, { lon: 180, lat: 0 })).toBeCloseTo(20015, 0);
  });
});

describe("the list", () => {
  const near = account(1, { lon: -83.63, lat: 32.84, revenue_minor: 100 });
  const far = account(2, { lon: -84.388, lat: 33.749, revenue_minor: 900 });
  const unplotted = account(3);
  const unplottedToo = account(4, { revenue_minor: 500 });

  it("sorted near me puts accounts without a point last, by name", () => {
    const listed = listAccounts([unplottedToo, unplotted, far, near], {
      search: "",
      order: "near",
      origin: MACON,
    });
    expect(ids(listed)).toEqual([1, 2, 3, 4]);
    expect(listed[2]?.distanceKm).toBeNull();
  });

  it("sorted by revenue puts unknown revenue last", () => {
    const choice = { search: "", order: "revenue", origin: null } as const;
    expect(ids(listAccounts([unplotted, near, far, unplottedToo], choice))).toEqual([2, 4, 1, 3]);
  });

  it("sorted by name reads numbers as numbers and ignores case", () => {
    const named = [account(1, { name: "shop 10" }), account(2, { name: "Shop 9" })];
    expect(ids(listAccounts(named, { search: "", order: "name", origin: null }))).toEqual([2, 1]);
  });

  it("does not change the accounts it was given", () => {
    const given = [far, near];
    listAccounts(given, { search: "", order: "near", origin: MACON });
    expect(ids(given.map((each) => ({ account: each })))).toEqual([2, 1]);
  });
});

describe("search", () => {
  const cafe = account(7, { name: "Café Müller", city: "Macon", postal_code: "31201" });

  it.each(["cafe", "MULLER mac", "31201", "a-7", "  "])("finds the café by %j", (typed) => {
    expect(matches(cafe, typed)).toBe(true);
  });

  it("wants every word", () => {
    expect(matches(cafe, "cafe atlanta")).toBe(false);
  });
});
