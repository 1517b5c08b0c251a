import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import {
  alignmentKeys,
  editAlignment,
  fetchAlignment,
  redoAlignment,
  undoAlignment,
} from "@/api/alignments";
import { ProblemError } from "@/api/problem";
import type { Alignment, EditOperation, EditResult, Territory, UnitAssignment } from "@/api/types";
import { movesNothing, overlaps, untouchedPart } from "@/domain/overlap";
import { keepWaiting, keptWaiting, waitingKey } from "@/domain/waitingEdits";
import { useRetry } from "./useRetry";

export type Command =
  | { kind: "undo"; onlyUntouched?: boolean }
  | { kind: "redo" }
  | { kind: "edit"; operation: EditOperation };

export interface PendingCommand {
  command: Command;
  /** In words, for the conflict dialog. */
  label: string;
  /** The revision it was made on, where others have changed something since it was begun. */
  base: number | null;
  /** It was sent once, and no answer came: the server may have done it. */
  isUnheard?: boolean;
}

export interface Conflict {
  pending: PendingCommand;
  /** The revision the edit was made on. */
  base: number;
  /** What is left of the edit without all that others touched; null where that is nothing. */
  rest: EditOperation | null;
  error: ProblemError;
}

export type SaveStatus = "saved" | "saving" | "failed" | "conflict" | "offline";

interface EditorState {
  status: SaveStatus;
  savedLabel: string | null;
  conflict: Conflict | null;
  failure: { pending: PendingCommand; error: unknown } | null;
  /** How often in a row the server could not be reached. */
  attempts: number;
  /** Whether the browser keeps what waits, also when the page is closed. */
  isKept: boolean;
}

const CLEAN: EditorState = {
  status: "saved",
  savedLabel: null,
  conflict: null,
  failure: null,
  attempts: 0,
  isKept: true,
};

/**
 * Sends edits one after another, each on the revision the one before it made. A refused edit
 * stays at the head of the queue until a person decides, so that nothing done is lost. While the
 * server cannot be reached edits wait, kept in the browser, and go out when it answers again.
 */
export function useAlignmentEditor(alignment: Alignment | null, memberId: number) {
  const queries = useQueryClient();
  const [state, setState] = useState<EditorState>(CLEAN);
  const queue = useRef<PendingCommand[]>([]);
  const isSending = useRef(false);
  const revision = useRef(alignment?.revision ?? 0);
  const theirs = useRef(0);
  const id = alignment?.id ?? null;
  const latestRevision = alignment?.revision ?? 0;

  useEffect(() => {
    if (!isSending.current) revision.current = latestRevision;
  }, [latestRevision]);

  const keep = useCallback(() => {
    if (id === null) return;
    const key = waitingKey(memberId, id);
    const isKept = keepWaiting(localStorage, key, revision.current, queue.current);
    setState((was) => (was.isKept === isKept ? was : { ...was, isKept }));
  }, [id, memberId]);

  const sendNext = useCallback(async () => {
    if (id === null || isSending.current) return;
    isSending.current = true;
    let isLaidOnTop = false;
    let isHeard = true;
    while (queue.current[0]) {
      const pending = queue.current[0];
      setState((was) => ({ ...was, status: "saving" }));
      const base = pending.base ?? revision.current;
      try {
        const result = await sendCommand(id, base, pending.command);
        queue.current.shift();
        revision.current = result.alignment.revision;
        keep();
        takeResult(queries, id, pending.command, result);
        if (isLaidOnTop) await refreshGround(queries, id);
        isLaidOnTop = false;
        setState({ ...CLEAN, savedLabel: result.change?.label ?? pending.label });
      } catch (error) {
        if (isUnreachable(error)) {
          pending.isUnheard = true;
          pending.base = base;
          isHeard = false;
          keep();
          setState((was) => ({ ...was, status: "offline", attempts: was.attempts + 1 }));
          break;
        }
        if (error instanceof ProblemError && error.isStale) {
          if (error.revision !== null && wasDone(pending, base, error, memberId)) {
            queue.current.shift();
            revision.current = error.revision;
            keep();
            await refreshGround(queries, id);
            setState({ ...CLEAN, savedLabel: pending.label });
            continue;
          }
          if (error.revision !== null && isIndependent(pending.command, error)) {
            pending.base = null;
            pending.isUnheard = false;
            revision.current = error.revision;
            isLaidOnTop = true;
            continue;
          }
          const rest = restOf(pending.command, error);
          setState((was) => ({
            ...was,
            status: "conflict",
            conflict: { pending, base, rest, error },
            failure: null,
          }));
        } else {
          const failure = { pending, error };
          setState((was) => ({ ...was, status: "failed", conflict: null, failure }));
        }
        break;
      }
    }
    isSending.current = false;
    if (isHeard) void refreshFigures(queries, id);
  }, [id, queries, memberId, keep]);

  useEffect(() => {
    const kept =
      id === null ? null : keptWaiting<PendingCommand>(localStorage, waitingKey(memberId, id));
    queue.current = kept?.edits ?? [];
    theirs.current = 0;
    setState(CLEAN);
    if (kept) {
      const [first] = queue.current;
      if (first) first.base ??= kept.revision;
      void sendNext();
    }
  }, [id, memberId, sendNext]);

  useRetry({ ...state, isOffline: state.status === "offline" }, sendNext);

  const run = useCallback(
    (command: Command, label: string, base: number | null = null) => {
      queue.current.push({ command, label, base });
      keep();
      void sendNext();
    },
    [keep, sendNext],
  );

  /** Fetch what others did; what is `kept` of the refused edit is then sent on top of it. */
  const resolve = useCallback(
    async (kept: Command | null) => {
      if (id === null) return;
      const [refused] = queue.current;
      if (kept && refused) queue.current[0] = { ...refused, command: kept, base: null };
      else queue.current = [];
      keep();
      const fresh = await fetchAlignment(id);
      revision.current = fresh.revision;
      await Promise.all([
        queries.invalidateQueries({ queryKey: alignmentKeys.one(id) }),
        queries.invalidateQueries({ queryKey: alignmentKeys.list }),
      ]);
      setState(CLEAN);
      if (kept) void sendNext();
    },
    [id, queries, keep, sendNext],
  );

  return {
    ...state,
    n_waiting: queue.current.length,
    /** What waits, for a file that a person can keep. */
    waiting: useCallback(() => ({ alignment_id: id, edits: queue.current }), [id]),
    tryNow: sendNext,
    /** `seen` is the revision on the screen when the edit was begun, where that took a while. */
    edit: useCallback(
      (operation: EditOperation, label: string, seen?: number) => {
        const base = seen !== undefined && seen < theirs.current ? seen : null;
        run({ kind: "edit", operation }, label, base);
      },
      [run],
    ),
    noteTheirs: useCallback((latest: number) => {
      theirs.current = latest;
    }, []),
    undo: useCallback(() => run({ kind: "undo" }, "Undo"), [run]),
    redo: useCallback(() => run({ kind: "redo" }, "Redo"), [run]),
    keep: useCallback((command: Command) => resolve(command), [resolve]),
    dropMine: useCallback(() => resolve(null), [resolve]),
  };
}

function sendCommand(id: number, revision: number, command: Command): Promise<EditResult> {
  if (command.kind === "undo") return undoAlignment(id, revision, command.onlyUntouched);
  if (command.kind === "redo") return redoAlignment(id, revision);
  return editAlignment(id, revision, command.operation);
}

/** No answer, or one from a proxy whose server is gone. */
function isUnreachable(error: unknown): boolean {
  return error instanceof ProblemError && [0, 502, 503, 504].includes(error.status);
}

/** Whether the edit whose answer was lost is the very next change: mine, and of the same kind. */
function wasDone(
  { command, isUnheard }: PendingCommand,
  base: number,
  { changes }: ProblemError,
  memberId: number,
): boolean {
  const operation = command.kind === "edit" ? command.operation.op : command.kind;
  return (
    isUnheard === true &&
    changes.some(
      (change) =>
        change.revision_before === base &&
        change.member_id === memberId &&
        change.operation === operation,
    )
  );
}

/** Others' edits lie elsewhere, or it is an undo: that looks itself whether it meets anybody's later edit. */
function isIndependent(command: Command, { touched }: ProblemError): boolean {
  if (command.kind !== "edit") return true;
  return touched !== null && !overlaps(command.operation, touched);
}

function restOf(command: Command, { touched }: ProblemError): EditOperation | null {
  return command.kind === "edit" && touched ? untouchedPart(command.operation, touched) : null;
}

/** What the answer already tells is shown at once; the rest is asked for again. */
function takeResult(
  queries: QueryClient,
  id: number,
  command: Command,
  { alignment, territories }: EditResult,
): void {
  queries.setQueryData<Alignment[]>(alignmentKeys.list, (list) =>
    list?.map((known) => (known.id === id ? alignment : known)),
  );
  const isShapeOfListKnown =
    command.kind === "edit" &&
    (command.operation.op === "assign_units" || movesNothing(command.operation));
  if (isShapeOfListKnown) {
    const touched = new Map(territories.map((territory) => [territory.id, territory]));
    queries.setQueryData<Territory[]>(alignmentKeys.part(id, "territories"), (list) =>
      list?.map((known) => touched.get(known.id) ?? known),
    );
  } else {
    void queries.invalidateQueries({ queryKey: alignmentKeys.part(id, "territories") });
  }
  const operation = command.kind === "edit" ? command.operation : null;
  if (operation?.op === "assign_units" && !operation.only_unassigned) {
    const moved = new Set(operation.unit_ids);
    queries.setQueryData<UnitAssignment>(alignmentKeys.part(id, "units"), (known) =>
      known ? reassigned(known, moved, operation.territory_id) : known,
    );
  } else if (!operation || !movesNothing(operation)) {
    void queries.invalidateQueries({ queryKey: alignmentKeys.part(id, "units") });
  }
}

function reassigned(
  known: UnitAssignment,
  moved: ReadonlySet<number>,
  territoryId: number | null,
): UnitAssignment {
  const added = [...moved].filter((unitId) => !known.unit_ids.includes(unitId));
  return {
    unit_ids: [...known.unit_ids, ...added],
    territory_ids: [
      ...known.unit_ids.map((unitId, i) =>
        moved.has(unitId) ? territoryId : (known.territory_ids[i] ?? null),
      ),
      ...added.map(() => territoryId),
    ],
  };
}

/** Who has which ground, as the server knows it. */
export async function refreshGround(queries: QueryClient, id: number): Promise<void> {
  const parts = ["territories", "units", "boundaries-0"];
  await Promise.all(
    parts.map((part) => queries.invalidateQueries({ queryKey: alignmentKeys.part(id, part) })),
  );
}

export async function refreshFigures(queries: QueryClient, id: number): Promise<void> {
  const parts = ["scorecard", "findings", "changes", "trend", "boundaries-0"];
  await Promise.all([
    ...parts.map((part) => queries.invalidateQueries({ queryKey: alignmentKeys.part(id, part) })),
    queries.invalidateQueries({ queryKey: ["accounts"] }),
    queries.invalidateQueries({ queryKey: ["comparison"] }),
  ]);
}

export type AlignmentEditor = ReturnType<typeof useAlignmentEditor>;
