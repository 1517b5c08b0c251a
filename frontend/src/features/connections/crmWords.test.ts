import { describe, expect, it } from "vitest";
import type { Push } from "@/api/crm";
import { accounts, notTaken, pushState } from "./crmWords";

const push = (given: Partial<Push>) =>
  ({ state: "done", rows: {}, job: null, ...given }) as unknown as Push;

describe("the state of a push", () => {
  it("is told as partial where something was not taken", () => {
    expect(pushState(push({ rows: { done: 3 } })).label).toBe("Pushed");
    expect(pushState(push({ rows: { done: 3, refused: 1 } })).label).toBe("Pushed in part");
  });

  it("is stopped where its job has ended and it has not", () => {
    expect(pushState(push({ state: "pushing" })).label).toBe("Stopped");
  });
});

it("counts what another attempt would send", () => {
  expect(notTaken({ done: 9, refused: 1, later: 2, held: 5 })).toBe(3);
});

it("has a singular", () => {
  expect([accounts(1), accounts(1204)]).toEqual(["1 account", "1,204 accounts"]);
});
