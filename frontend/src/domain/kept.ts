/** What of a browser's storage is needed; a private window may refuse to keep anything. */
export type Store = Pick<Storage, "getItem" | "setItem">;

/** What was kept under a name, whatever it is by now; null where there is nothing that can be read. */
export function readKept(store: Store, key: string): unknown {
  try {
    return JSON.parse(store.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

export function writeKept(store: Store, key: string, value: unknown): void {
  try {
    store.setItem(key, JSON.stringify(value));
  } catch {
    return;
  }
}

export function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
