import { useSyncExternalStore } from "react";

const PAGES = [
  "map",
  "answers",
  "import",
  "units",
  "exports",
  "reports",
  "reviews",
  "jobs",
  "connections",
] as const;
export type PageName = (typeof PAGES)[number];

function subscribe(onChange: () => void): () => void {
  addEventListener("hashchange", onChange);
  return () => removeEventListener("hashchange", onChange);
}

/** #/map/12 → the map page showing alignment 12. */
export function useHashRoute(): { page: PageName; id: number | null } {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  const [name, id] = hash.replace(/^#\/?/, "").split(/[/?]/);
  return {
    page: PAGES.find((page) => page === name) ?? "map",
    id: id && /^\d+$/.test(id) ? Number(id) : null,
  };
}

/** Without an id, whichever the desk shows first. */
export function openAlignment(id: number | null): void {
  location.hash = id === null ? "#/map" : `#/map/${id}`;
}
