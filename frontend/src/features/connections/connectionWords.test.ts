import { describe, expect, it } from "vitest";
import type { Delivery } from "@/api/connections";
import { deliverySentences, deliveryState, eventWords, scopeWords } from "./connectionWords";

const WAITING: Delivery = {
  id: 1,
  event_id: "6b0c",
  kind: "run.done",
  payload: {},
  state: "waiting",
  attempts: 0,
  next_attempt_at: "2026-03-01T10:05:00Z",
  last_status: null,
  last_error: "",
  created_at: "2026-03-01T10:00:00Z",
  delivered_at: null,
};

describe("what became of a delivery", () => {
  it("one not tried yet is on its way", () => {
    expect(deliverySentences(WAITING)).toEqual(["On its way."]);
    expect(deliveryState(WAITING).label).toBe("Waiting");
  });

  it("one that failed once says why and when it is tried again", () => {
    const tried = { ...WAITING, attempts: 1, last_error: "It answered with status 500." };
    const [why, next] = deliverySentences(tried);
    expect(why).toBe("It answered with status 500.");
    expect(next).toMatch(/^Next attempt .*2026/);
    expect(deliveryState(tried).label).toBe("Trying");
  });

  it("one that was given up counts its attempts, and does not where none was made", () => {
    const failed: Delivery = {
      ...WAITING,
      state: "failed",
      last_error: "It could not be reached.",
    };
    expect(deliverySentences({ ...failed, attempts: 6 })[1]).toBe("Given up after 6 attempts.");
    expect(deliverySentences(failed)).toEqual(["It could not be reached."]);
  });

  it("one that arrived names the answer", () => {
    const arrived: Delivery = {
      ...WAITING,
      state: "delivered",
      attempts: 1,
      last_status: 204,
      delivered_at: "2026-03-01T10:00:01Z",
    };
    expect(deliverySentences(arrived)[0]).toMatch(/answered with 204, 1 attempt\.$/);
  });
});

it("events and scopes read as words", () => {
  expect(["ping", "run.done", "alarm.raised"].map(eventWords)).toEqual([
    "Test",
    "Run done",
    "alarm raised",
  ]);
  expect(scopeWords(["export", "read"])).toBe("Read, Export");
});
