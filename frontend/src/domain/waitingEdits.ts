/** Edits that have not reached the server, kept in the browser until they have. */

const PREFIX = "waiting-edits";

/** Where the edits of one person on one alignment are kept. */
export const waitingKey = (memberId: number, alignmentId: number) =>
  `${PREFIX}:${memberId}:${alignmentId}`;

/** Returns whether the browser could keep them; it may be full, or forbidden to. */
export function keepWaiting<Edit>(
  storage: Storage,
  key: string,
  revision: number,
  edits: readonly Edit[],
): boolean {
  try {
    if (edits.length === 0) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify({ revision, edits }));
    return true;
  } catch {
    return false;
  }
}

/** What was kept, with the revision it was made on; null where there is nothing that can be read. */
export function keptWaiting<Edit>(
  storage: Storage,
  key: string,
): { revision: number; edits: Edit[] } | null {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? "null");
    if (typeof kept !== "object" || kept === null) return null;
    const { revision, edits } = kept as { revision?: unknown; edits?: unknown };
    if (typeof revision !== "number" || !Array.isArray(edits) || edits.length === 0) return null;
    return { revision, edits: edits as Edit[] };
  } catch {
    return null;
  }
}

/** Seconds until the n-th try to reach the server again: soon at first, then every half minute. */
export const retryAfterS = (attempt: number) => Math.min(30, 2 ** (attempt + 1));
