import { describe, expect, it } from "vitest";
import { formatDate, formatDeviation, formatMetric, formatMoney, formatShare } from "./format";

describe("formatting", () => {
  it("shows a deviation with its sign and a true minus", () => {
    expect(formatDeviation(0.312)).toBe("+31 %");
    expect(formatDeviation(-0.061)).toBe("−6 %");
    expect(formatDeviation(0.001)).toBe("0 %");
  });

  it("keeps money short and in its currency", () => {
    expect(formatMoney(58_100_000_000, "USD")).toBe("$581M");
    expect(formatMoney(123_400, "USD")).toBe("$1,234");
  });

  it("knows currencies without small change", () => {
    expect(formatMoney(5000, "JPY")).toBe("¥5,000");
  });

  it("shows a dash for what is not known", () => {
    expect(formatMoney(null, "USD")).toBe("–");
    expect(formatShare(undefined)).toBe("–");
  });

  it("does not move a calendar day across time zones", () => {
    expect(formatDate("2026-01-01")).toContain("2026");
  });

  it("writes hours as hours", () => {
    expect(formatMetric(2074.4, "h/year", "USD")).toBe("2,074 h");
  });
});
