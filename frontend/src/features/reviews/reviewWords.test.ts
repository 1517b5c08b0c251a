import { describe, expect, it } from "vitest";
import type { Review } from "@/api/reviews";
import {
  driftSentences,
  lineWords,
  mailWords,
  rhythmWords,
  verdict,
  watchedWords,
} from "./reviewWords";

const metric = (key: string, sentence: string, left: number) =>
  ({
    key,
    sentence,
    index_before: 95,
    index_after: 95,
    left: Array(left).fill({ territory_id: 1, name: "Macon", before: 0, after: 0.2 }),
    returned: [],
  }) as unknown as NonNullable<Review["drift"]>["metrics"][number];
const drift = (...metrics: ReturnType<typeof metric>[]) =>
  ({ metrics }) as unknown as NonNullable<Review["drift"]>;

describe("a schedule in words", () => {
  it("says when", () => {
    expect(rhythmWords({ every: "weekly", weekday: 4, day: null })).toBe("Every Friday");
    expect(rhythmWords({ every: "monthly", weekday: null, day: 15 })).toBe("Every month on day 15");
    expect(rhythmWords({ every: "monthly", weekday: null, day: 31 })).toMatch(/last day$/);
    expect(rhythmWords({ every: "quarterly", weekday: null, day: 1 })).toMatch(/^Every quarter/);
  });

  it("says what is watched", () => {
    expect(watchedWords({ thresholds: { workload: 0.1, accounts: 0.125 }, index_min: 90 })).toBe(
      "Accounts ±12.5 %, Workload ±10 %, balance index at least 90",
    );
  });
});

describe("a review in words", () => {
  it("is judged by its alarms, then by its drift", () => {
    const alarms = [{}] as unknown as Review["alarms"];
    expect(verdict({ alarms, drift: null })).toEqual({ word: "1 alarm", tone: "bad" });
    expect(verdict({ alarms: [], drift: null }).word).toBe("First review");
    expect(verdict({ alarms: [], drift: drift(metric("revenue", "", 1)) }).word).toBe("Drifted");
    expect(verdict({ alarms: [], drift: drift(metric("revenue", "", 0)) }).word).toBe("In order");
  });

  it("tells what moved and names what did not", () => {
    const still = metric("travel", "Travel: index 95.0, as before.", 0);
    const moved = metric(
      "accounts",
      "Accounts: index 95.7 → 93.1; Macon (+20 %) left the band.",
      1,
    );
    expect(driftSentences({ drift: drift(still, moved) })).toEqual({
      sentences: [moved.sentence],
      unchanged: ["Travel"],
    });
    expect(driftSentences({ drift: null })).toEqual({ sentences: [], unchanged: [] });
  });

  it("says who was mailed", () => {
    const mails = [
      { name: "Maria", state: "sent", attempts: 1, sent_at: null },
      { name: "Ben", state: "waiting", attempts: 1, sent_at: null },
    ] as Review["mails"];
    expect(mailWords({ mails })).toBe("Mailed to Maria. Mail waiting for Ben.");
    expect(mailWords({ mails: [] })).toBeNull();
  });

  it("reads a line out", () => {
    expect(lineWords("Workload", ["2026-03-02", "2026-03-09"], [95.72, null])).toBe(
      "Workload: Mar 2, 2026 95.7, Mar 9, 2026 –",
    );
  });
});
