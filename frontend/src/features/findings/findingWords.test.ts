import { describe, expect, it } from "vitest";
import { effectWords } from "./findingWords";

const effect = {
  territory_id: 1,
  n_accounts: 2,
  revenue_minor: 200_00,
  workload_h: 3,
  load_before: -0.5,
  load_after: 0.5,
};

describe("what a way out does to a territory", () => {
  it("is told with signs, money and load", () => {
    expect(effectWords("East", effect, "USD")).toBe("East: +2 accounts, +$200, load −50 % → +50 %");
  });

  it("names a loss as one", () => {
    const lost = { ...effect, n_accounts: -1, revenue_minor: -100_00 };
    expect(effectWords("West", lost, "USD")).toMatch(/^West: −1 account, −\$100, load /);
  });

  it("leaves the load out where there is no target", () => {
    const unknown = { ...effect, load_before: null, load_after: null };
    expect(effectWords("East", unknown, "USD")).toBe("East: +2 accounts, +$200");
  });
});
