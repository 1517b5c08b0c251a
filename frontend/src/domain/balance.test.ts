import { describe, expect, it } from "vitest";
import { balanceIndex, bandState, deviation, gini, worstDeviation } from "./balance";

describe("deviation", () => {
  it("is the share above or below the target", () => {
    expect(deviation(131, 100)).toBeCloseTo(0.31);
    expect(deviation(82, 100)).toBeCloseTo(-0.18);
  });

  it("is not a number people should read when the target is nothing", () => {
    expect(deviation(5, 0)).toBeNull();
  });
});

describe("bandState", () => {
  it("counts a value on the band's edge as inside", () => {
    expect(bandState(0.1, 0.1)).toBe("in_band");
    expect(bandState(-0.1, 0.1)).toBe("in_band");
  });

  it("tells above from below", () => {
    expect(bandState(0.11, 0.1)).toBe("over");
    expect(bandState(-0.11, 0.1)).toBe("under");
  });

  it("does not guess when the deviation is missing", () => {
    expect(bandState(null, 0.1)).toBe("unknown");
  });
});

describe("balanceIndex", () => {
  it("is 100 when every territory is on target", () => {
    expect(balanceIndex([10, 20, 30], [10, 20, 30])).toBeCloseTo(100);
  });

  it("is 0 when one territory has everything", () => {
    expect(balanceIndex([0, 0, 60], [20, 20, 20])).toBeCloseTo(0);
  });

  it("falls in proportion to what sits in the wrong place", () => {
    expect(balanceIndex([30, 10], [20, 20])).toBeCloseTo(50);
  });

  it("scales targets to what is assigned", () => {
    expect(balanceIndex([10, 10], [20, 20])).toBeCloseTo(100);
  });

  it("is unknown without any value", () => {
    expect(balanceIndex([0, 0], [1, 1])).toBeNull();
  });
});

describe("gini", () => {
  it("is 0 for equal values", () => {
    expect(gini([5, 5, 5, 5])).toBeCloseTo(0);
  });

  it("is (n − 1) ÷ n when one has all", () => {
    expect(gini([0, 0, 0, 8])).toBeCloseTo(0.75);
  });
});

describe("worstDeviation", () => {
  it("keeps the sign of the largest", () => {
    expect(worstDeviation([0.1, -0.4, null, 0.3])).toBe(-0.4);
  });
});
