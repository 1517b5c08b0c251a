import { describe, expect, it } from "vitest";
import type { MetricReading } from "@/domain/territoryView";
import { changeWords } from "./changeWords";

const reading = (key: string, change: number) => ({ key, change }) as MetricReading;

describe("a row while somebody paints", () => {
  it("says what the territory loses, with a true minus", () => {
    expect(changeWords([reading("accounts", -43), reading("revenue", -2_590_000_000)], "USD")).toBe(
      "−43 accounts, −$25.9M",
    );
  });

  it("says nothing when it does not change", () => {
    expect(changeWords([reading("accounts", 0)], "USD")).toBeNull();
  });
});
