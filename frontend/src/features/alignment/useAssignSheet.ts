import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { alignmentKeys } from "@/api/alignments";
import { ProblemError } from "@/api/problem";
import type { Alignment, EditResult } from "@/api/types";
import { assignUnitSheet, type SheetChoices } from "@/api/unitSheets";
import { refreshFigures, refreshGround } from "./useAlignmentEditor";

/** Sends the sheet as one edit, and shows what came of it. */
export function useAssignSheet(alignment: Alignment, onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (sent: { file: File; choices: SheetChoices; leavesOut: boolean }) =>
      assignUnitSheet(alignment.id, alignment.revision, sent.file, sent.choices, sent.leavesOut),
    onSuccess: ({ alignment: edited, change }: EditResult) => {
      queries.setQueryData<Alignment[]>(alignmentKeys.list, (list) =>
        list?.map((known) => (known.id === edited.id ? (edited as Alignment) : known)),
      );
      void refreshGround(queries, edited.id);
      void refreshFigures(queries, edited.id);
      void queries.invalidateQueries({ queryKey: alignmentKeys.part(edited.id, "self") });
      notifications.show({ color: "green", message: `${change?.label ?? "Nothing changed"}.` });
      onDone();
    },
    onError: (error) => {
      if (error instanceof ProblemError && error.isStale) {
        void queries.invalidateQueries({ queryKey: alignmentKeys.list });
        void queries.invalidateQueries({ queryKey: alignmentKeys.one(alignment.id) });
      }
    },
  });
}
