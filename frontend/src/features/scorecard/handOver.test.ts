import { describe, expect, it } from "vitest";
import type { Territory } from "@/api/types";
import { canSwap, handOverOutcome, heldBesides } from "./handOver";

const wilma = { id: 1, name: "Wilma", capacity_h: 1600 };
const mo = { id: 2, name: "Mo", capacity_h: 1600 };
const named = (name: string, rep: Territory["rep"]) => ({ name, rep }) as Territory;
const west = named("West", wilma);
const middle = named("Middle", mo);
const east = named("East", null);
const all = [west, middle, east];
const words = (outcome: ReturnType<typeof handOverOutcome>) =>
  outcome.map(({ territory, before, after }) => [territory.name, before?.name, after?.name]);

describe("handing over", () => {
  it("offers in exchange what the rep holds besides", () => {
    expect(heldBesides(all, [west], mo.id)).toEqual([middle]);
    expect(heldBesides(all, [west, middle], mo.id)).toEqual([]);
    expect(heldBesides(all, [west], null)).toEqual([]);
  });

  it("says who has what afterwards, with a swap and without", () => {
    expect(words(handOverOutcome([west], [], mo))).toEqual([["West", "Wilma", "Mo"]]);
    expect(words(handOverOutcome([west], [middle], mo))).toEqual([
      ["West", "Wilma", "Mo"],
      ["Middle", "Mo", "Wilma"],
    ]);
  });

  it("leaves out what stays", () => {
    expect(handOverOutcome([east], [], null)).toEqual([]);
  });

  it("swaps only what one rep holds", () => {
    expect(canSwap([west, middle])).toBe(false);
    expect(canSwap([west])).toBe(true);
  });
});
