import { describe, expect, it } from "vitest";
import { movedAmount, totalsChange } from "./liveTotals";
import { applyMoves, beginStroke, extendStroke, movesOf } from "./stroke";
import { unitColumns, unitOwners } from "./units";

const NORTH = 1;
const SOUTH = 2;
const nothingLocked = () => false;

// 10 ┐
// 11 ├ north   12 nobody's   13 south
const owners = unitOwners({
  unit_ids: [10, 11, 12, 13],
  territory_ids: [NORTH, NORTH, null, SOUTH],
});
const units = unitColumns({
  fields: ["id", "code", "name", "lon", "lat", "area_km2", "n_accounts", "revenue_minor"],
  units: [
    [10, "a", "Adams", -84, 33, 1, 100, 5000],
    [11, "b", "Brooks", -84, 33, 1, 20, 1000],
    [12, "c", "Clay", -84, 33, 1, 7, 300],
    [13, "d", "Dade", -84, 33, 1, 50, 2500],
  ],
});

describe("a stroke", () => {
  it("collects each unit once, with the owner it had", () => {
    let stroke = beginStroke(SOUTH);
    stroke = extendStroke(stroke, [10], owners, nothingLocked);
    stroke = extendStroke(stroke, [10, 11], owners, nothingLocked);
    expect(movesOf(stroke)).toEqual([
      { unitId: 10, from: NORTH, to: SOUTH },
      { unitId: 11, from: NORTH, to: SOUTH },
    ]);
  });

  it("leaves units alone that are there already", () => {
    const stroke = beginStroke(SOUTH);
    expect(extendStroke(stroke, [13], owners, nothingLocked)).toBe(stroke);
  });

  it("never takes from a locked territory, and remembers which one refused", () => {
    const stroke = extendStroke(beginStroke(SOUTH), [10, 12], owners, (id) => id === NORTH);
    expect(movesOf(stroke).map((move) => move.unitId)).toEqual([12]);
    expect([...stroke.refusedBy]).toEqual([NORTH]);
  });

  it("paints only unassigned units when told to", () => {
    const stroke = extendStroke(beginStroke(SOUTH, true), [10, 12], owners, nothingLocked);
    expect(movesOf(stroke).map((move) => move.unitId)).toEqual([12]);
  });

  it("can be applied and taken back exactly", () => {
    const moves = movesOf(extendStroke(beginStroke(SOUTH), [10, 12], owners, nothingLocked));
    const after = applyMoves(owners, moves);
    expect(after.get(10)).toBe(SOUTH);
    expect(applyMoves(after, moves, { reversed: true })).toEqual(owners);
  });
});

describe("live totals", () => {
  const moves = movesOf(extendStroke(beginStroke(SOUTH), [10, 12], owners, nothingLocked));

  it("give what the donor loses to the receiver", () => {
    const change = totalsChange(moves, units);
    expect(change.get(NORTH)?.get("accounts")).toBe(-100);
    expect(change.get(SOUTH)?.get("accounts")).toBe(107);
    expect(change.get(SOUTH)?.get("revenue")).toBe(5300);
  });

  it("never count nobody as a territory", () => {
    expect([...totalsChange(moves, units).keys()].sort()).toEqual([NORTH, SOUTH]);
  });

  it("sum what is in the hand", () => {
    expect(movedAmount(moves, units, "accounts")).toBe(107);
  });
});

describe("the unit table", () => {
  it("says which column is missing", () => {
    expect(() => unitColumns({ fields: ["id", "name"], units: [] })).toThrow(/lon/);
  });
});
