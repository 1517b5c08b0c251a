import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { ProblemError } from "@/api/problem";
import { problemSentences } from "@/api/problem";
import { formatDateTime } from "@/domain/format";
import { ErrorNotice } from "@/ui/ErrorNotice";
import type { AlignmentEditor } from "./useAlignmentEditor";

interface ConflictDialogProps {
  editor: AlignmentEditor;
  isOpen: boolean;
  timeZone: string;
  onClose: () => void;
}

/** An edit that was refused. Closing decides nothing: the edit keeps waiting. */
export function ConflictDialog({ editor, isOpen, timeZone, onClose }: ConflictDialogProps) {
  const { conflict, failure } = editor;
  const decide = (decision: () => Promise<void>) => {
    onClose();
    void decision();
  };
  if (!conflict && !failure) return null;
  const pending = (conflict ?? failure)?.pending;
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={conflict ? "Someone else changed this scenario" : "The last change was not saved"}
    >
      <Stack gap="md">
        {conflict && <TheirChanges error={conflict.error} timeZone={timeZone} />}
        {failure && (
          <ErrorNotice title="The server refused it" sentences={problemSentences(failure.error)} />
        )}
        <Text size="sm">
          Waiting to be saved: <strong>{pending?.label}</strong>
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => decide(editor.dropMine)}>
            Drop my change
          </Button>
          <Button onClick={() => decide(editor.keepMine)}>
            {conflict ? "Take theirs, then mine on top" : "Try again"}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function TheirChanges({ error, timeZone }: { error: ProblemError; timeZone: string }) {
  return (
    <Stack gap={4}>
      <Text size="sm">{error.message} Since then:</Text>
      <ul>
        {error.changes.map((change) => (
          <li key={change.id}>
            <Text size="sm">
              {change.label}{" "}
              <Text span c="dimmed" size="sm">
                {change.member_name}, {formatDateTime(change.created_at, timeZone)}
              </Text>
            </Text>
          </li>
        ))}
      </ul>
    </Stack>
  );
}
