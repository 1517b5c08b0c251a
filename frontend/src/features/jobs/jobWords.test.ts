import { describe, expect, it } from "vitest";
import { durationWords, kindWords } from "./jobWords";

const START = "2026-03-01T10:00:00Z";
const at = (seconds: number): string => new Date(Date.parse(START) + seconds * 1000).toISOString();

describe("how long a job took", () => {
  it.each([
    [4.25, "4.3 s"],
    [59, "59 s"],
    [61, "1 min 1 s"],
    [3599, "59 min 59 s"],
    [7260, "2 h 1 min"],
  ])("%s seconds read as %s", (seconds, words) => {
    expect(durationWords({ started_at: START, finished_at: at(seconds) }, 0)).toBe(words);
  });

  it("a running job is measured until now", () => {
    const now_ms = Date.parse(START) + 12_000;
    expect(durationWords({ started_at: START, finished_at: null }, now_ms)).toBe("12 s");
  });

  it("a waiting job has taken no time that could be named", () => {
    expect(durationWords({ started_at: null, finished_at: null }, 0)).toBe("–");
  });
});

it("a job's kind reads as words", () => {
  expect(["import_accounts", "unit-layer", ""].map(kindWords)).toEqual([
    "Import accounts",
    "Unit layer",
    "Job",
  ]);
});
