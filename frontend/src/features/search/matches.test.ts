import { describe, expect, it } from "vitest";
import type { Account, Territory } from "@/api/types";
import { unitColumns } from "@/domain/units";
import { findMatches } from "./matches";

const territory = (id: number, name: string, rep: string | null) =>
  ({
    id,
    name,
    rep: rep && { id, name: rep, capacity_h: 1 },
    bbox: [0, 0, 1, 1],
  }) as unknown as Territory;
const account = (id: number, name: string, city: string, lon: number | null = -83.6) =>
  ({ id, name, city, region: "GA", lon, lat: 32.8 }) as unknown as Account;

const known = {
  territories: [territory(1, "Macon", "Renée Duarte"), territory(2, "Albany GA", null)],
  units: unitColumns({
    fields: ["id", "name", "lon", "lat"],
    units: [
      [7, "Macon County", -84, 32.3],
      [8, "Bibb", -83.7, 32.8],
    ],
  }),
  areas: [{ name: "Maine", bbox: [-71, 43, -67, 47] as [number, number, number, number] }],
  accounts: [account(11, "Macon Metals", "Macon"), account(12, "Delta", "Macon")],
};

describe("search", () => {
  it("finds territories, places and accounts under their own heads", () => {
    const groups = findMatches("maco", known);
    expect(groups.map(({ label }) => label)).toEqual([
      "Territories and reps",
      "Places",
      "Accounts",
    ]);
    expect(groups[1]?.matches.map(({ title }) => title)).toEqual(["Macon, GA", "Macon County"]);
  });

  it("finds a rep without accents and case", () => {
    const [group] = findMatches("RENEE", { ...known, accounts: [] });
    expect(group?.matches).toMatchObject([{ kind: "territory", territoryId: 1 }]);
  });

  it("finds states of the basemap", () => {
    const [group] = findMatches("mai", { ...known, accounts: [] });
    expect(group?.matches).toMatchObject([{ kind: "area", title: "Maine" }]);
  });

  it("leaves out accounts that are not on the map, and everything for no words", () => {
    const unplotted = { ...known, accounts: [account(13, "Lost", "Nowhere", null)] };
    expect(findMatches("lost", unplotted)).toEqual([]);
    expect(findMatches("  ", known)).toEqual([]);
  });
});
