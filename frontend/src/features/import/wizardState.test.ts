import { describe, expect, it } from "vitest";
import type { Job } from "@/api/types";
import { progressWords, stateOf, stepOf } from "./wizardState";

const job = (fields: Partial<Job>): Job => ({
  id: 1,
  kind: "import",
  state: "running",
  progress: 0,
  message: "",
  detail: {},
  error: null,
  attempt: 1,
  cancel_requested: false,
  created_at: "2026-01-01T00:00:00Z",
  started_at: null,
  finished_at: null,
  result_url: null,
  ...fields,
});

describe("where an import stands", () => {
  it.each([
    ["uploaded", null, "columns"],
    ["running", job({ state: "queued" }), "running"],
    ["done", job({ state: "done" }), "done"],
    ["failed", job({ state: "failed" }), "failed"],
    ["failed", job({ state: "cancelled" }), "cancelled"],
    ["uploaded", job({ state: "cancelled" }), "cancelled"],
  ] as const)("state %s with its job is %s", (state, itsJob, expected) => {
    expect(stateOf({ state, job: itsJob })).toBe(expected);
  });

  it("goes back to the columns while a failed import is being mended", () => {
    expect(stepOf("failed", true)).toBe(1);
    expect(stepOf("failed", false)).toBe(3);
  });

  it("has every step behind it when it is done", () => {
    expect(stepOf("done", false)).toBe(4);
  });
});

describe("progress", () => {
  it("measures nothing while the job waits", () => {
    expect(progressWords(job({ state: "queued", progress: 0 })).fraction).toBeNull();
    expect(progressWords(null).fraction).toBeNull();
  });

  it("stays within 0 and 1 whatever arrives", () => {
    expect(progressWords(job({ progress: 1.2, message: "Merging" })).fraction).toBe(1);
    expect(progressWords(job({ progress: -1, message: "Merging" })).fraction).toBe(0);
  });

  it("says when the job started again", () => {
    expect(progressWords(job({ progress: 0.2, message: "Reading", attempt: 2 })).message).toBe(
      "Reading Attempt 2, after an interruption.",
    );
  });
});
