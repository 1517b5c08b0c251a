import type { ImportKind, ImportUndo } from "@/api/types";
import { formatCount } from "@/domain/format";

const WORDS = { accounts: ["account", "accounts"], reps: ["rep", "reps"] } as const;

/** What an undo would do, or has done, a sentence for each kind of record it touches. */
export function undoSentences(kind: ImportKind, undo: ImportUndo, isDone: boolean): string[] {
  const count = (n: number, what: string) =>
    `${formatCount(n)} ${what} ${WORDS[kind][n === 1 ? 0 : 1]}`;
  const { n_removed, n_restored, n_returned } = undo;
  const removed = kind === "reps" ? "set inactive, because a rep is never erased" : "removed";
  const verb = (n: number) => (isDone ? (n === 1 ? "was" : "were") : n === 1 ? "is" : "are");
  const sentences = [
    n_removed > 0 && `${count(n_removed, "new")} ${verb(n_removed)} ${removed}.`,
    n_restored > 0 &&
      `${count(n_restored, "changed")} ${isDone ? "got" : n_restored === 1 ? "gets" : "get"} the old values back.`,
    n_returned > 0 &&
      `${count(n_returned, "gone")} ${isDone ? "came" : n_returned === 1 ? "comes" : "come"} back, with their territories.`,
  ].filter((sentence) => sentence !== false);
  return sentences.length > 0 ? sentences : ["Nothing is left of it that could be taken back."];
}
