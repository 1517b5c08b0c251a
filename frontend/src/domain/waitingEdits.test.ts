import { beforeEach, describe, expect, it } from "vitest";
import { keepWaiting, keptWaiting, retryAfterS, waitingKey } from "./waitingEdits";

class Shelf implements Storage {
  private entries = new Map<string, string>();
  constructor(private readonly room = Number.POSITIVE_INFINITY) {}
  get length() {
    return this.entries.size;
  }
  clear() {
    this.entries.clear();
  }
  getItem(key: string) {
    return this.entries.get(key) ?? null;
  }
  key(index: number) {
    return [...this.entries.keys()][index] ?? null;
  }
  removeItem(key: string) {
    this.entries.delete(key);
  }
  setItem(key: string, value: string) {
    if (value.length > this.room) throw new DOMException("full", "QuotaExceededError");
    this.entries.set(key, value);
  }
}

describe("edits that wait", () => {
  const key = waitingKey(3, 7);
  let shelf: Shelf;

  beforeEach(() => {
    shelf = new Shelf();
  });

  it("come back with the revision they were made on", () => {
    expect(keepWaiting(shelf, key, 5, [{ label: "2 units to North" }])).toBe(true);
    expect(keptWaiting(shelf, key)).toEqual({
      revision: 5,
      edits: [{ label: "2 units to North" }],
    });
  });

  it("are nobody else's, and of no other alignment", () => {
    keepWaiting(shelf, key, 5, ["edit"]);
    expect(keptWaiting(shelf, waitingKey(4, 7))).toBeNull();
    expect(keptWaiting(shelf, waitingKey(3, 8))).toBeNull();
  });

  it("are gone once the last one was saved", () => {
    keepWaiting(shelf, key, 5, ["edit"]);
    keepWaiting(shelf, key, 6, []);
    expect(keptWaiting(shelf, key)).toBeNull();
    expect(shelf.length).toBe(0);
  });

  it("are reported where the browser has no room for them", () => {
    expect(keepWaiting(new Shelf(10), key, 5, ["a long edit"])).toBe(false);
  });

  it.each(["not json", "3", '{"revision":"5","edits":["edit"]}', '{"revision":5,"edits":{}}'])(
    "are not made up from %s",
    (text) => {
      shelf.setItem(key, text);
      expect(keptWaiting(shelf, key)).toBeNull();
    },
  );

  it("are tried again soon at first, then every half minute", () => {
    expect([0, 1, 2, 3, 4, 9].map(retryAfterS)).toEqual([2, 4, 8, 16, 30, 30]);
  });
});
