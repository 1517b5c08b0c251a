import { expect, it } from "vitest";
import { ProblemError } from "@/api/problem";
import type { Account, MyTerritories, Page, Session } from "@/api/types";
import { type RepSource, RepStore } from "./RepStore";

const account = (id: number) => ({ id }) as Account;
const problem = (status: number) =>
  new ProblemError({ title: "", status, detail: `answer ${status}`, code: "", errors: [] });

const TERRITORY = {
  territories: [{ id: 1, name: "Macon" }],
  as_of: "2026-03-01T08:00:00Z",
} as MyTerritories;

function source(parts: Partial<RepSource>): RepSource {
  return {
    fetchSession: async () => ({ user: { name: "E. Novak" } }) as Session,
    fetchMyTerritory: async () => TERRITORY,
    fetchMyAccounts: async () => ({ next: null, previous: null, results: [] }),
    ...parts,
  };
}

const PAGES: Record<string, Page<Account>> = {
  first: { next: "second", previous: null, results: [account(1), account(2)] },
  second: { next: null, previous: "first", results: [account(3)] },
};
const pageAt = (next: string | null) => PAGES[next ?? "first"] as Page<Account>;

it("all pages of accounts end up in the store, in order", async () => {
  const store = new RepStore(source({ fetchMyAccounts: async (next) => pageAt(next) }));
  await store.load();
  expect(store.getState()).toMatchObject({ status: "ready", isFilling: false });
  expect(store.getState().accounts.map(({ id }) => id)).toEqual([1, 2, 3]);
});

it("the first page can be used while the second is on its way", async () => {
  const seen: number[] = [];
  const store = new RepStore(
    source({
      fetchMyAccounts: async (next) => {
        if (next) seen.push(store.getState().accounts.length);
        return pageAt(next);
      },
    }),
  );
  await store.load();
  expect(seen).toEqual([2]);
});

it("a broken connection keeps what arrived, and the next load goes on from there", async () => {
  let isBroken = true;
  const store = new RepStore(
    source({
      fetchMyAccounts: async (next) => {
        if (next && isBroken) throw problem(0);
        return pageAt(next);
      },
    }),
  );
  await store.load();
  expect(store.getState()).toMatchObject({ status: "ready", sentences: ["answer 0"] });
  expect(store.getState().accounts).toHaveLength(2);
  isBroken = false;
  await store.load();
  expect(store.getState().accounts.map(({ id }) => id)).toEqual([1, 2, 3]);
  expect(store.getState().sentences).toEqual([]);
});

it("loading again when everything is here adds nothing twice", async () => {
  const store = new RepStore(source({ fetchMyAccounts: async (next) => pageAt(next) }));
  await store.load();
  await store.load();
  expect(store.getState().accounts).toHaveLength(3);
});

it("someone who is not signed in is told so, not shown an error", async () => {
  const refuse = async (): Promise<Session> => {
    throw problem(401);
  };
  const store = new RepStore(source({ fetchSession: refuse }));
  await store.load();
  expect(store.getState().status).toBe("signed-out");
});

it("someone with another role is told that this page is for reps", async () => {
  const refuse = async (): Promise<MyTerritories> => {
    throw problem(403);
  };
  const store = new RepStore(source({ fetchMyTerritory: refuse }));
  await store.load();
  expect(store.getState().status).toBe("not-a-rep");
});

it("without any territory no accounts are asked for", async () => {
  let nAsked = 0;
  const store = new RepStore(
    source({
      fetchMyTerritory: async () => ({ territories: [], as_of: "2026-03-01T08:00:00Z" }),
      fetchMyAccounts: async () => {
        nAsked += 1;
        return pageAt(null);
      },
    }),
  );
  await store.load();
  expect([store.getState().status, nAsked]).toEqual(["ready", 0]);
});
