import { Button, List, Modal, Stack, Text } from "@mantine/core";
import type { AlignmentEditor } from "./useAlignmentEditor";

interface WaitingDialogProps {
  editor: AlignmentEditor;
  isOpen: boolean;
  onClose: () => void;
}

const SHOWN = 8;

/** Edits that wait for the server. Closing decides nothing: they keep waiting. */
export function WaitingDialog({ editor, isOpen, onClose }: WaitingDialogProps) {
  const { edits } = editor.waiting();
  return (
    <Modal opened={isOpen} onClose={onClose} title="The server cannot be reached">
      <Stack gap="md">
        <Text size="sm">
          {editor.isKept
            ? "Nothing is lost: your edits are kept in this browser, also when you close the page, and go out when the server answers again. Until then you can go on working."
            : "This browser has no room left to keep your edits. Leave the page open until they are saved, or save them as a file."}
        </Text>
        <List size="sm">
          {edits.slice(0, SHOWN).map((pending, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: edits have no names of their own, and keep their order
            <List.Item key={i}>{pending.label}</List.Item>
          ))}
          {edits.length > SHOWN && <List.Item>and {edits.length - SHOWN} more</List.Item>}
        </List>
        <Button onClick={() => void editor.tryNow()}>Try now</Button>
        <Button variant="default" onClick={() => download(editor)}>
          Save them as a file
        </Button>
      </Stack>
    </Modal>
  );
}

function download(editor: AlignmentEditor): void {
  const text = JSON.stringify(editor.waiting(), null, 1);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = "waiting-edits.json";
  link.click();
  URL.revokeObjectURL(link.href);
}
