import { isSignedOut } from "@/api/http";
import { ProblemError, problemSentences } from "@/api/problem";
import type { Account, MyTerritories, Page, Session } from "@/api/types";

/** Where the page's data comes from: the network now, a local copy when there is none. */
export interface RepSource {
  fetchSession: () => Promise<Session>;
  fetchMyTerritory: () => Promise<MyTerritories>;
  fetchMyAccounts: (next: string | null) => Promise<Page<Account>>;
}

export interface RepState {
  status: "loading" | "ready" | "failed" | "signed-out" | "not-a-rep";
  session: Session | null;
  territories: MyTerritories["territories"];
  asOf: string | null;
  accounts: Account[];
  /** More accounts are still on their way; what is here can be used already. */
  isFilling: boolean;
  /** What went wrong, in words; empty when nothing did. */
  sentences: string[];
}

const EMPTY: RepState = {
  status: "loading",
  session: null,
  territories: [],
  asOf: null,
  accounts: [],
  isFilling: false,
  sentences: [],
};

/** Everything the rep page shows lives here, so that one place can be kept for later. */
export class RepStore {
  private state = EMPTY;
  private next: string | null = null;
  private hasAllAccounts = false;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly source: RepSource) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getState = (): RepState => this.state;

  /** Load from the beginning, or go on after the last page that arrived. */
  readonly load = async (): Promise<void> => {
    if (this.state.isFilling) return;
    const isFirst = this.state.session === null;
    this.set({ isFilling: true, sentences: [], ...(isFirst && { status: "loading" }) });
    try {
      if (isFirst) await this.loadTerritory();
      if (this.state.territories.length > 0) await this.fillAccounts();
    } catch (reason) {
      this.set({ status: this.statusAfter(reason), sentences: problemSentences(reason) });
    }
    this.set({ isFilling: false });
  };

  private statusAfter(reason: unknown): RepState["status"] {
    if (isSignedOut(reason)) return "signed-out";
    if (this.state.session !== null) return "ready";
    return reason instanceof ProblemError && reason.status === 403 ? "not-a-rep" : "failed";
  }

  private async loadTerritory(): Promise<void> {
    const [session, { territories, as_of }] = await Promise.all([
      this.source.fetchSession(),
      this.source.fetchMyTerritory(),
    ]);
    this.set({ status: "ready", session, territories, asOf: as_of });
  }

  private async fillAccounts(): Promise<void> {
    while (!this.hasAllAccounts) {
      const page = await this.source.fetchMyAccounts(this.next);
      this.next = page.next;
      this.hasAllAccounts = page.next === null;
      this.set({ accounts: [...this.state.accounts, ...page.results] });
    }
  }

  private set(part: Partial<RepState>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener();
  }
}
