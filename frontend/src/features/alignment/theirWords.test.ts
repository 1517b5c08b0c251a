import { expect, it } from "vitest";
import { theirWords } from "./theirWords";

const gave = { label: "Gave 12 units to “North”", member_name: "Maria" };

it("says who did what, in one sentence", () => {
  expect(theirWords([gave])).toBe("Maria gave 12 units to “North”");
});

it("counts what came before it", () => {
  expect(theirWords([gave, gave])).toBe("Maria gave 12 units to “North”, and 1 more change");
  expect(theirWords([])).toBeNull();
});
