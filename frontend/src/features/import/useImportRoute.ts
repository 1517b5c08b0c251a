import { useSyncExternalStore } from "react";

/** The import being worked on is in the address, so that a reload comes back to it. */
function importIdInHash(): number | null {
  const id = /^#\/import\/(\d+)/.exec(location.hash)?.[1];
  return id === undefined ? null : Number(id);
}

function subscribe(onChange: () => void): () => void {
  addEventListener("hashchange", onChange);
  return () => removeEventListener("hashchange", onChange);
}

export function useImportRoute(): number | null {
  return useSyncExternalStore(subscribe, importIdInHash);
}

export const importHash = (id: number): string => `#/import/${id}`;

export function openImport(id: number): void {
  location.hash = importHash(id);
}
