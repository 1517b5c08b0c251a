import { describe, expect, it } from "vitest";
import type { ImportColumn, ImportField } from "@/api/types";
import { assignField, certaintyOf, missingFields, orderSuggestions, startMapping } from "./mapping";

const column = (name: string, field: string | null, confidence = 0.95): ImportColumn => ({
  name,
  field,
  confidence,
  samples: [],
});
const field = (key: string, required = false): ImportField => ({
  key,
  label: key,
  required,
  kind: "text",
  description: "",
});
const FIELDS = [field("external_id", true), field("city"), field("name", true), field("phone")];

describe("the first mapping", () => {
  it("takes what the workspace remembers before any suggestion", () => {
    expect(startMapping([column("Id", "external_id")], { Ref: "external_id" })).toEqual({
      Ref: "external_id",
    });
  });

  it("gives a field suggested twice to the more certain column", () => {
    const columns = [column("Firm", "name", 0.6), column("Name", "name", 0.99)];
    expect(startMapping(columns, {})).toEqual({ Name: "name" });
  });

  it("leaves columns without a suggestion out", () => {
    expect(startMapping([column("Notes", null, 0)], {})).toEqual({});
  });
});

describe("assigning a field", () => {
  it("takes it from the column that had it and says which", () => {
    expect(assignField({ Firm: "name" }, "Name", "name")).toEqual({
      mapping: { Name: "name" },
      loser: "Firm",
    });
  });

  it("names no loser when the same column keeps its field", () => {
    expect(assignField({ Name: "name" }, "Name", "name").loser).toBeNull();
  });

  it("clears a column that shall not be imported", () => {
    expect(assignField({ Name: "name", Town: "city" }, "Town", null).mapping).toEqual({
      Name: "name",
    });
  });
});

describe("the fields offered for a column", () => {
  it("come as suggestion, free required ones, free ones, and taken ones last", () => {
    const offered = orderSuggestions(FIELDS, column("Tel", "phone"), { Id: "external_id" });
    expect(offered.map((each) => each.key)).toEqual(["phone", "name", "city", "external_id"]);
  });

  it("keep the column's own field free for it", () => {
    const offered = orderSuggestions(FIELDS, column("X", null), { X: "external_id" });
    expect(offered[0]?.key).toBe("external_id");
  });
});

it("required fields that no column fills are missing", () => {
  expect(missingFields(FIELDS, { Id: "external_id" }).map((each) => each.key)).toEqual(["name"]);
});

describe("certainty in words", () => {
  it.each([
    ["name", false, 0.95, "sure"],
    ["name", false, 0.7, "likely"],
    ["name", false, 0.3, "guess"],
    ["city", false, 0.95, "chosen"],
    ["name", true, 0.3, "remembered"],
    [undefined, true, 0.95, "none"],
  ] as const)("for %s, remembered %s, confidence %s is %s", (chosen, remembered, value, words) => {
    expect(certaintyOf(column("Name", "name", value), chosen, remembered)).toBe(words);
  });
});
