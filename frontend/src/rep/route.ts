import { useSyncExternalStore } from "react";

export type View = "map" | "accounts";

export interface Route {
  view: View;
  /** The account whose card is open, the menu, or neither. */
  open: number | "menu" | null;
}

export function parseRoute(hash: string): Route {
  const [view, detail] = hash.replace(/^#\/?/, "").split("/");
  return {
    view: view === "accounts" ? "accounts" : "map",
    open: detail === "menu" ? "menu" : /^\d+$/.test(detail ?? "") ? Number(detail) : null,
  };
}

export function routeHash({ view, open }: Route): string {
  return open === null ? `#/${view}` : `#/${view}/${open}`;
}

const listeners = new Set<() => void>();
const announce = () => {
  for (const listener of listeners) listener();
};

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("popstate", listener);
  addEventListener("hashchange", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("popstate", listener);
    removeEventListener("hashchange", listener);
  };
}

const currentHash = () => location.hash;

export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, currentHash));
}

export function showView(view: View): void {
  history.pushState(null, "", routeHash({ view, open: null }));
  announce();
}

/** Opens over the current view; the phone's back button closes it again. */
export function openOver(view: View, open: number | "menu"): void {
  history.pushState({ isOpenedHere: true }, "", routeHash({ view, open }));
  announce();
}

export function closeOver(view: View): void {
  if ((history.state as { isOpenedHere?: boolean } | null)?.isOpenedHere) {
    history.back();
    return;
  }
  history.replaceState(null, "", routeHash({ view, open: null }));
  announce();
}
