import type { UnitColumns, UnitOwners } from "./units";
import { NOBODY } from "./units";

interface CodedTerritory {
  id: number;
  code: string;
  colour: string;
}

interface MovedUnit {
  lon: number;
  lat: number;
  /** Of the territory that had it. */
  colour: string;
}

/**
 * Units that a scenario gives to somebody else than the plan it was made from. Its territories are copies with
 * ids of their own; their codes say which they were.
 */
export function movedUnits(
  units: UnitColumns,
  before: { owners: UnitOwners; territories: readonly CodedTerritory[] },
  after: { owners: UnitOwners; territories: readonly CodedTerritory[] },
  nobodyColour: string,
): MovedUnit[] {
  const beforeOf = new Map(before.territories.map((territory) => [territory.id, territory]));
  const codeAfter = new Map(after.territories.map(({ id, code }) => [id, code]));
  return units.ids.flatMap((unitId, i) => {
    const old = beforeOf.get(before.owners.get(unitId) ?? NOBODY);
    const code = codeAfter.get(after.owners.get(unitId) ?? NOBODY);
    if (old?.code === code) return [];
    const lon = units.lons[i] ?? 0;
    const lat = units.lats[i] ?? 0;
    return [{ lon, lat, colour: old?.colour ?? nobodyColour }];
  });
}
