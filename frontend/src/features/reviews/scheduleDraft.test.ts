import { describe, expect, it } from "vitest";
import type { ReviewSchedule } from "@/api/reviews";
import { bodyOf, draftOf, watchesSomething } from "./scheduleDraft";

const SCHEDULE: ReviewSchedule = {
  id: 3,
  team_id: 7,
  team_name: "Field",
  name: "Fridays",
  every: "weekly",
  weekday: 4,
  day: null,
  next_on: "2026-03-06",
  thresholds: { workload: 0.07 },
  index_min: 90,
  recipients: [11],
  is_active: true,
  created_at: "2026-03-01T09:00:00Z",
};

describe("the form of a schedule", () => {
  it("gives back what it was opened with", () => {
    expect(bodyOf(draftOf(SCHEDULE, 1))).toEqual({
      team_id: 7,
      name: "Fridays",
      every: "weekly",
      weekday: 4,
      day: null,
      thresholds: { workload: 0.07 },
      index_min: 90,
      recipients: [11],
      is_active: true,
    });
  });

  it("begins with workload, monthly, for the team on the screen", () => {
    const body = bodyOf(draftOf(null, 5));
    expect([body.team_id, body.every, body.day, body.weekday]).toEqual([5, "monthly", 1, null]);
    expect(body.thresholds).toEqual({ workload: 0.1 });
  });

  it("watches nothing where every field is empty", () => {
    const draft = draftOf(null, 5);
    expect(watchesSomething(draft)).toBe(true);
    expect(watchesSomething({ ...draft, percents: { workload: "" } })).toBe(false);
  });
});
