import { describe, expect, it } from "vitest";
import { accountPlaces, boundsWords, statesWords } from "./accountPlaces";

const place = (region: string, lon: number | null = null, lat: number | null = null) => ({
  region,
  country: "US",
  lon,
  lat,
});

describe("where the accounts are", () => {
  it("the states are named once each, by code or by name", () => {
    const results = [place("GA"), place("georgia"), place(" fl "), place("")];
    expect(accountPlaces({ results, next: null }).states).toEqual(["FL", "GA"]);
  });

  it("a region of another country is no state", () => {
    const results = [{ ...place("CA"), country: "AR" }, place("Ontario")];
    expect(accountPlaces({ results, next: null }).states).toEqual([]);
  });

  it("the rectangle leaves a margin and skips accounts without coordinates", () => {
    const results = [place("GA", -84.39, 33.75), place("GA", -81.09, 32.08), place("GA")];
    const { bounds, n_located } = accountPlaces({ results, next: null });
    expect(bounds).toEqual([-84.5, 31.9, -80.9, 33.9]);
    expect(n_located).toBe(2);
  });

  it("the rectangle stays on the globe", () => {
    const results = [place("", 179.99, 89.99), place("", -179.99, -89.99)];
    expect(accountPlaces({ results, next: null }).bounds).toEqual([-180, -90, 180, 90]);
  });

  it("without coordinates there is no rectangle", () => {
    expect(accountPlaces({ results: [place("GA")], next: null }).bounds).toBeNull();
  });
});

it("a sample says that it is one", () => {
  const results = [place("GA", -84.39, 33.75)];
  const all = accountPlaces({ results, next: null });
  const some = accountPlaces({ results, next: "…?cursor=2" });
  expect(boundsWords(all)).toContain("all 1 with coordinates");
  expect(boundsWords(some)).toContain("Widen it if others lie outside");
  expect(statesWords(all)).toContain("your accounts are in");
  expect(statesWords(some)).toContain("a part of your accounts");
});
