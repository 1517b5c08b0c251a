import { useSyncExternalStore } from "react";

const ROUTES = ["map", "import", "exports", "jobs"] as const;
export type Route = (typeof ROUTES)[number];

function currentRoute(): Route {
  const name = location.hash.replace(/^#\/?/, "").split(/[/?]/)[0];
  return ROUTES.find((route) => route === name) ?? "map";
}

function subscribe(onChange: () => void): () => void {
  addEventListener("hashchange", onChange);
  return () => removeEventListener("hashchange", onChange);
}

export function useHashRoute(): Route {
  return useSyncExternalStore(subscribe, currentRoute);
}
