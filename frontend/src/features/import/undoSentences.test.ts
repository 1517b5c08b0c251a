import { expect, it } from "vitest";
import { undoSentences } from "./undoSentences";

const NOTHING = { n_removed: 0, n_restored: 0, n_returned: 0, n_left: 0, left: [] };

it("says what will be, and afterwards what was", () => {
  const undo = { ...NOTHING, n_removed: 1, n_restored: 2, n_returned: 3 };
  expect(undoSentences("accounts", undo, false)).toEqual([
    "1 new account is removed.",
    "2 changed accounts get the old values back.",
    "3 gone accounts come back, with their territories.",
  ]);
  expect(undoSentences("accounts", undo, true)[1]).toBe(
    "2 changed accounts got the old values back.",
  );
});

it("does not claim to erase a rep", () => {
  expect(undoSentences("reps", { ...NOTHING, n_removed: 2 }, true)).toEqual([
    "2 new reps were set inactive, because a rep is never erased.",
  ]);
});

it("says so when everything was changed since", () => {
  expect(undoSentences("accounts", { ...NOTHING, n_left: 5 }, false)).toEqual([
    "Nothing is left of it that could be taken back.",
  ]);
});
