import { useSyncExternalStore } from "react";
import { Notice } from "./Notice";
import type { RepStore } from "./RepStore";
import { TerritoryScreen } from "./TerritoryScreen";

export function RepApp({ store }: { store: RepStore }) {
  const state = useSyncExternalStore(store.subscribe, store.getState);

  if (state.status === "loading") {
    return (
      <Notice title="My territory" isBusy>
        Loading your territory…
      </Notice>
    );
  }
  if (state.status === "signed-out") {
    return (
      <Notice
        title="You are signed out"
        action={{ label: "Sign in", href: "/auth/login/?next=/me/" }}
      >
        Sign in to see your territory and your accounts.
      </Notice>
    );
  }
  if (state.status === "not-a-rep") {
    return (
      <Notice title="This page is for reps" action={{ label: "Go to the map", href: "/" }}>
        It shows a rep's own territory. Your role has the whole map instead.
      </Notice>
    );
  }
  if (state.status === "failed" || state.session === null) {
    return (
      <Notice
        title="Your territory could not be loaded"
        action={{ label: "Try again", onPress: store.load }}
      >
        {state.sentences.join(" ")}
      </Notice>
    );
  }
  if (state.territories.length === 0) {
    return (
      <Notice title="No territory yet" session={state.session}>
        No published plan gives you a territory so far. Ask your sales manager; once the plan is
        published, your accounts appear here.
      </Notice>
    );
  }
  return <TerritoryScreen state={state} session={state.session} onRetry={store.load} />;
}
