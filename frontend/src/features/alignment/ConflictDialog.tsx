import { Button, Modal, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { openDraft } from "@/api/alignments";
import { ProblemError, problemSentences } from "@/api/problem";
import type { Alignment, EditOperation } from "@/api/types";
import { formatDateTime } from "@/domain/format";
import { ErrorNotice } from "@/ui/ErrorNotice";
import type { AlignmentEditor, Conflict } from "./useAlignmentEditor";
import { WaitingDialog } from "./WaitingDialog";

interface ConflictDialogProps {
  alignment: Alignment;
  editor: AlignmentEditor;
  isOpen: boolean;
  timeZone: string;
  onClose: () => void;
  onOpened: (draft: Alignment) => void;
}

/** An edit that was refused. Closing decides nothing: the edit keeps waiting. */
export function ConflictDialog(props: ConflictDialogProps) {
  const { editor, isOpen, onClose } = props;
  const { conflict, failure } = editor;
  if (editor.status === "offline") return <WaitingDialog {...props} />;
  if (!conflict && !failure) return null;
  const undoable = failure?.error instanceof ProblemError ? failure.error.undoable : null;
  const decide = (decision: () => Promise<void>) => {
    onClose();
    void decision();
  };
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={conflict ? "Someone else changed the same things" : "The last change was not saved"}
    >
      {conflict && <Meeting {...props} conflict={conflict} decide={decide} />}
      {failure && (
        <Stack gap="md">
          <ErrorNotice title="The server refused it" sentences={problemSentences(failure.error)} />
          <Waiting label={failure.pending.label} />
          {undoable && undoable.n_parts > 0 && (
            <Button
              onClick={() => decide(() => editor.keep({ kind: "undo", onlyUntouched: true }))}
            >
              Undo what nobody has changed since: {undoable.n_parts} of {undoable.n_all}
            </Button>
          )}
          <Button onClick={() => decide(() => editor.keep(failure.pending.command))}>
            Try again
          </Button>
          <Button variant="default" onClick={() => decide(editor.dropMine)}>
            Drop my change
          </Button>
        </Stack>
      )}
    </Modal>
  );
}

interface MeetingProps extends ConflictDialogProps {
  conflict: Conflict;
  decide: (decision: () => Promise<void>) => void;
}

function Meeting({ alignment, editor, conflict, timeZone, decide, onOpened }: MeetingProps) {
  const { pending, rest, base, error } = conflict;
  const mine = pending.command.kind === "edit" ? pending.command.operation : null;
  const apart = useMutation({
    mutationFn: (edit: EditOperation) =>
      openDraft(alignment.id, { name: `${alignment.name}, my version`, revision: base, edit }),
    onSuccess: (draft) =>
      decide(async () => {
        await editor.dropMine();
        onOpened(draft);
      }),
  });
  return (
    <Stack gap="md">
      <TheirChanges error={error} timeZone={timeZone} />
      <Waiting label={pending.label} />
      {rest && (
        <Button onClick={() => decide(() => editor.keep({ kind: "edit", operation: rest }))}>
          {partWords(mine, rest)}
        </Button>
      )}
      <Button variant={rest ? "default" : "filled"} onClick={() => decide(editor.dropMine)}>
        Take theirs, drop mine
      </Button>
      {mine && (
        <Button variant="default" loading={apart.isPending} onClick={() => apart.mutate(mine)}>
          Keep both: mine as a new scenario
        </Button>
      )}
      {apart.isError && (
        <ErrorNotice title="No scenario was made" sentences={problemSentences(apart.error)} />
      )}
    </Stack>
  );
}

function partWords(mine: EditOperation | null, rest: EditOperation): string {
  const count = (edit: EditOperation | null) =>
    edit && "unit_ids" in edit
      ? (edit.unit_ids?.length ?? 0)
      : edit && "account_ids" in edit
        ? edit.account_ids.length
        : 0;
  const noun = "account_ids" in rest ? "accounts" : "units";
  return `Keep mine where nobody else was: ${count(rest)} of ${count(mine)} ${noun}`;
}

function Waiting({ label }: { label: string }) {
  return (
    <Text size="sm">
      Waiting to be saved: <strong>{label}</strong>
    </Text>
  );
}

function TheirChanges({ error, timeZone }: { error: ProblemError; timeZone: string }) {
  return (
    <Stack gap={4}>
      <Text size="sm">Since you began:</Text>
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
