import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { alignmentKeys, fetchAlignment, fetchChangesSince } from "@/api/alignments";
import { followAlignment } from "@/api/together";
import type { Alignment, Change, Together } from "@/api/types";
import { type AlignmentEditor, refreshFigures, refreshGround } from "./useAlignmentEditor";

interface TogetherInputs {
  alignment: Alignment;
  memberId: number;
  editor: AlignmentEditor;
  onTheirs: (changes: readonly Change[]) => void;
}

/** Others on the same alignment: who is here, and their edits on this desk as soon as they are saved. */
export function useTogether({ alignment, memberId, editor, onTheirs }: TogetherInputs) {
  const queries = useQueryClient();
  const [state, setState] = useState<Together | null>(null);
  const { id, revision } = alignment;
  const isSaving = editor.status === "saving";
  const { noteTheirs } = editor;

  useEffect(() => {
    setState(null);
    return followAlignment(id, setState);
  }, [id]);

  // While an edit of one's own is on its way, a new revision may be that edit.
  const isBehind = state !== null && !isSaving && state.revision > revision;
  // biome-ignore lint/correctness/useExhaustiveDependencies: one catching up per revision
  useEffect(() => {
    if (!isBehind) return;
    let isLate = false;
    const catchUp = async () => {
      const [fresh, since] = await Promise.all([
        fetchAlignment(id),
        fetchChangesSince(id, revision),
        refreshGround(queries, id),
      ]);
      if (isLate) return;
      const theirs = since.results.filter(({ member_id }) => member_id !== memberId);
      if (theirs.length > 0) {
        noteTheirs(fresh.revision);
        onTheirs(theirs);
      }
      queries.setQueryData<Alignment[]>(alignmentKeys.list, (list) =>
        list?.map((known) => (known.id === id ? fresh : known)),
      );
      await refreshFigures(queries, id);
    };
    // The next look tells again that the desk is behind.
    catchUp().catch(() => undefined);
    return () => {
      isLate = true;
    };
  }, [id, isBehind, state?.revision]);

  return { others: (state?.here ?? []).filter((person) => person.id !== memberId) };
}
