import { describe, expect, it } from "vitest";
import { ProblemError } from "@/api/problem";
import type { Job } from "@/api/types";
import {
  endWords,
  kindWords,
  layerState,
  refusalSentences,
  usersOf,
  userWords,
} from "./layerWords";

const job = (state: Job["state"], error: string | null = null) => ({ state, error }) as Job;

it("counties are named with the year of their boundaries", () => {
  expect(kindWords({ kind: "counties", year: 2017 })).toBe("Counties of 2017");
  expect(kindWords({ kind: "counties", year: null })).toBe("Counties");
  expect(kindWords({ kind: "h3", year: null })).toBe("Hexagons");
});

describe("the state of a layer", () => {
  it("follows its job while it is built", () => {
    expect(layerState({ state: "building" }, job("running"))).toBe("building");
    expect(layerState({ state: "building" }, job("failed"))).toBe("failed");
  });

  it("cancelled is told apart from failed", () => {
    expect(layerState({ state: "failed" }, job("cancelled"))).toBe("cancelled");
  });

  it("is ready whatever became of the job", () => {
    expect(layerState({ state: "ready" }, job("failed"))).toBe("ready");
    expect(layerState({ state: "ready" }, null)).toBe("ready");
  });

  it("failed comes with the reason of the job", () => {
    expect(endWords("failed", job("failed", "There is no unit in this choice."))).toBe(
      "There is no unit in this choice.",
    );
    expect(endWords("failed", null)).toContain("try again");
  });
});

it("a layer knows the alignments made of it", () => {
  const alignments = [
    { unit_layer_id: 2, name: "Live" },
    { unit_layer_id: null, name: "Drawn" },
    { unit_layer_id: 3, name: "Other" },
  ];
  expect(usersOf({ id: 2 }, alignments)).toEqual(["Live"]);
});

it("the first alignments of a layer are named, the rest counted", () => {
  expect(userWords(["A", "B", "C"])).toBe("A, B, C");
  expect(userWords(["A", "B", "C", "D", "E"])).toBe("A, B, C and 2 more");
  expect(userWords([])).toBe("–");
});

it("a refusal speaks of the form's fields", () => {
  const reason = new ProblemError({
    title: "Invalid",
    status: 400,
    detail: "1 problem",
    code: "invalid",
    errors: [{ field: "bbox.0", problem: "longitude must be from -180 to 180", value: -200 }],
  });
  expect(refusalSentences(reason)).toEqual(["The area: longitude must be from -180 to 180."]);
});

it("a refusal without fields keeps the server's sentence", () => {
  const reason = new ProblemError({
    title: "Forbidden",
    status: 403,
    detail: "Your role may not make unit layers.",
    code: "forbidden",
    errors: [],
  });
  expect(refusalSentences(reason)).toEqual(["Your role may not make unit layers."]);
});
