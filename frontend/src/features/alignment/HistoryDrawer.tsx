import { Drawer, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { alignmentKeys, nameVersion, openDraft, useChanges } from "@/api/alignments";
import { problemSentences } from "@/api/problem";
import type { Alignment } from "@/api/types";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { ChangeLine } from "./ChangeLine";
import { historyLines } from "./historyLines";

interface HistoryDrawerProps {
  alignment: Alignment;
  isOpen: boolean;
  mayWrite: boolean;
  timeZone: string;
  onClose: () => void;
  onOpened: (draft: Alignment) => void;
  onCompare: (beforeId: number, afterId: number) => void;
}

export function HistoryDrawer(props: HistoryDrawerProps) {
  const { alignment, isOpen, timeZone, onClose } = props;
  const queries = useQueryClient();
  const changes = useChanges(alignment.id, isOpen);
  const [from, setFrom] = useState<number | null>(null);

  const draftOf = async (revision: number): Promise<number> => {
    if (revision === alignment.revision) return alignment.id;
    const name = `${alignment.name}, revision ${revision}`.slice(-200);
    const draft = await openDraft(alignment.id, { name, revision });
    return draft.id;
  };
  const compare = useMutation({
    mutationFn: async ({ before, after }: { before: number; after: number }) => {
      const beforeId = await draftOf(before);
      return { beforeId, afterId: await draftOf(after) };
    },
    onSuccess: async ({ beforeId, afterId }) => {
      await queries.invalidateQueries({ queryKey: alignmentKeys.list });
      setFrom(null);
      onClose();
      props.onCompare(beforeId, afterId);
    },
  });
  const open = useMutation({
    mutationFn: (revision: number) =>
      openDraft(alignment.id, { name: `${alignment.name}, revision ${revision}`, revision }),
    onSuccess: (draft) => {
      onClose();
      props.onOpened(draft);
    },
  });
  const name = useMutation({
    mutationFn: (version: { name: string; revision: number }) => nameVersion(alignment.id, version),
    onSuccess: () =>
      queries.invalidateQueries({ queryKey: alignmentKeys.part(alignment.id, "changes") }),
  });
  const failure = compare.error ?? open.error ?? name.error;

  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      position="right"
      title={`History of “${alignment.name}”`}
    >
      {changes.isPending && <LoadingLines label="Loading the history" />}
      {changes.isError && (
        <ErrorNotice
          title="The history did not load"
          sentences={problemSentences(changes.error)}
          onRetry={() => void changes.refetch()}
        />
      )}
      {failure && <ErrorNotice title="Not done" sentences={problemSentences(failure)} />}
      {changes.data?.results.length === 0 && (
        <EmptyState title="Nothing changed yet">
          Each edit of this scenario will stand here with its author and can be undone.
        </EmptyState>
      )}
      <Stack gap="sm" component="ul" p={0} m={0}>
        {historyLines(changes.data?.results ?? []).map((line) => (
          <ChangeLine
            key={line.change.id}
            line={line}
            timeZone={timeZone}
            mayWrite={props.mayWrite}
            latest={alignment.revision}
            from={from}
            isBusy={compare.isPending || open.isPending}
            onFrom={setFrom}
            onCompare={(before, after) => compare.mutate({ before, after })}
            onOpen={(revision) => open.mutate(revision)}
            onName={(given, revision) => name.mutate({ name: given, revision })}
          />
        ))}
      </Stack>
    </Drawer>
  );
}
