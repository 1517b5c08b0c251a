import { describe, expect, it } from "vitest";
import type { Territory } from "@/api/types";
import type { MetricReading } from "@/domain/territoryView";
import { filterRows, type ListFilter } from "./listRows";

const row = (name: string, rep: string | null, state: MetricReading["state"], region = "") => ({
  territory: { name, code: "T001", region, rep: rep ? { name: rep } : null } as Territory,
  readings: [{ state } as MetricReading],
});
const ROWS = [
  row("Málaga", "Dana Reyes", "over"),
  row("Rome", null, "in_band", "South / Italy"),
  row("Turin", "Mo", "unknown"),
];
const found = (filter: Partial<ListFilter>) =>
  filterRows(ROWS, { text: "", isOnlyOutOfBand: false, ...filter }).map(
    ({ territory }) => territory.name,
  );

describe("filtering the list", () => {
  it("finds by name, rep and region, in any case and without accents", () => {
    expect(found({ text: "malaga" })).toEqual(["Málaga"]);
    expect(found({ text: " REYES " })).toEqual(["Málaga"]);
    expect(found({ text: "italy" })).toEqual(["Rome"]);
    expect(found({ text: "" })).toEqual(["Málaga", "Rome", "Turin"]);
  });

  it("keeps those out of band on any metric; what is not known is not out of band", () => {
    expect(found({ isOnlyOutOfBand: true })).toEqual(["Málaga"]);
    expect(found({ isOnlyOutOfBand: true, text: "rome" })).toEqual([]);
  });
});
