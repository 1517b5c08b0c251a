import { ActionIcon, Group, Tooltip } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp } from "@tabler/icons-react";
import type { Alignment } from "@/api/types";

interface UndoRedoProps {
  alignment: Alignment;
  isSaving: boolean;
  onUndo: () => void;
  onRedo: () => void;
}

export function UndoRedo({ alignment, isSaving, onUndo, onRedo }: UndoRedoProps) {
  const undoWords = alignment.can_undo ? `Undo: ${alignment.can_undo.label}` : "Nothing to undo";
  const redoWords = alignment.can_redo ? `Redo: ${alignment.can_redo.label}` : "Nothing to redo";
  return (
    <Group gap={2} wrap="nowrap">
      <Tooltip label={`${undoWords} (Ctrl+Z)`}>
        <ActionIcon
          size="lg"
          aria-label={undoWords}
          disabled={!alignment.can_undo || isSaving}
          onClick={onUndo}
        >
          <IconArrowBackUp size={20} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={`${redoWords} (Ctrl+Shift+Z)`}>
        <ActionIcon
          size="lg"
          aria-label={redoWords}
          disabled={!alignment.can_redo || isSaving}
          onClick={onRedo}
        >
          <IconArrowForwardUp size={20} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
