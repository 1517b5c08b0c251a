import { describe, expect, it } from "vitest";
import { figureWords, rowWords, shadeColour } from "./answerWords";

describe("figures beside an answer", () => {
  it("come in their unit", () => {
    expect(figureWords(0.034, "fraction", "USD")).toBe("3 %");
    expect(figureWords(1486.2, "hours", "USD")).toBe("1,486 h");
    expect(figureWords(1.46, "reps", "USD")).toBe("1.5");
    expect(figureWords(null, "money", "USD")).toBe("–");
  });

  it("carry their sign where they are beside a target", () => {
    expect(rowWords(0.47, "fraction", "USD")).toMatch(/^\+47/);
    expect(rowWords(12, "hours", "USD")).toBe("+12 h");
  });

  it("shade by side and distance", () => {
    expect(shadeColour(0.4)).toContain("--over) 75%");
    expect(shadeColour(-0.2)).toContain("--under) 38%");
    expect(shadeColour(null)).toBe("var(--panel-sunken)");
  });
});
