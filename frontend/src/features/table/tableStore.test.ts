import { describe, expect, it } from "vitest";
import { FIRST_LOOK, keepTable, loadTable } from "./tableStore";

function storeOf(text: string | null) {
  let kept = text;
  return {
    getItem: () => kept,
    setItem: (_: string, value: string) => {
      kept = value;
    },
  };
}

describe("the table as a person left it", () => {
  it("comes back", () => {
    const store = storeOf(null);
    const look = { keys: ["rep"], order: { column: "rep", isDescending: true } };
    keepTable(store, 7, look);
    expect(loadTable(store, 7)).toEqual(look);
  });

  it.each([null, "no JSON", "[]", '{"keys": 3, "order": {"column": 1}}'])(
    "is as at first where %s was kept",
    (text) => {
      expect(loadTable(storeOf(text), 7)).toEqual(FIRST_LOOK);
    },
  );
});
