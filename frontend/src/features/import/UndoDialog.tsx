import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { fetchUndo, startUndo } from "@/api/imports";
import { problemSentences } from "@/api/problem";
import type { Import } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { UndoSummary } from "./UndoSummary";

interface UndoDialogProps {
  item: Import | null;
  onClose: () => void;
  onStarted: (item: Import) => void;
}

export function UndoDialog({ item, onClose, onStarted }: UndoDialogProps) {
  return (
    <Modal
      opened={item !== null}
      onClose={onClose}
      size="lg"
      title={`Take back the import of ${item?.filename ?? ""}?`}
    >
      {item && <UndoForm item={item} onClose={onClose} onStarted={onStarted} />}
    </Modal>
  );
}

function UndoForm({ item, onClose, onStarted }: UndoDialogProps & { item: Import }) {
  const key = useRef(crypto.randomUUID());
  const [isStarting, setIsStarting] = useState(false);
  const [sentences, setSentences] = useState<string[] | null>(null);
  const look = useQuery({
    queryKey: ["import-undo", item.id],
    queryFn: () => fetchUndo(item.id),
    retry: false,
    staleTime: 0,
    gcTime: 0,
  });

  async function start() {
    setIsStarting(true);
    setSentences(null);
    try {
      onStarted(await startUndo(item.id, key.current));
      onClose();
    } catch (reason) {
      setSentences(problemSentences(reason));
      setIsStarting(false);
    }
  }

  return (
    <Stack gap="md">
      {look.isPending && <LoadingLines label="Looking what would be taken back" />}
      {look.isError && (
        <ErrorNotice
          title="It cannot be taken back"
          sentences={problemSentences(look.error)}
          onRetry={() => look.refetch()}
        />
      )}
      {look.data && <UndoSummary kind={item.kind} undo={look.data} isDone={false} />}
      {look.data && (
        <Text size="sm" c="dimmed">
          Once taken back, the import can be started again from its file.
        </Text>
      )}
      {sentences && <ErrorNotice title="It was not taken back" sentences={sentences} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button disabled={!look.isSuccess} loading={isStarting} onClick={start}>
          Take it back
        </Button>
      </Group>
    </Stack>
  );
}
