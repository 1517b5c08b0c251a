import { Button, Menu, Tooltip } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import type { Alignment, Person, Session } from "@/api/types";
import { AlignmentSwitcher } from "@/features/alignment/AlignmentSwitcher";
import { Presence } from "@/features/alignment/Presence";
import { SaveState } from "@/features/alignment/SaveState";
import { UndoRedo } from "@/features/alignment/UndoRedo";
import type { AlignmentEditor } from "@/features/alignment/useAlignmentEditor";
import { openAlignment } from "../useHashRoute";
import classes from "./DeskBar.module.css";
import type { DeskState } from "./useDeskState";

interface DeskBarProps {
  session: Session;
  alignments: readonly Alignment[];
  alignment: Alignment;
  editor: AlignmentEditor;
  others: readonly Person[];
  desk: DeskState;
  canEdit: boolean;
  mayWrite: boolean;
}

export function DeskBar(props: DeskBarProps) {
  const { alignments, alignment, editor, desk, canEdit, mayWrite } = props;
  const other =
    alignments.find(({ id }) => id === alignment.parent_id) ??
    alignments.find(({ id, team_id }) => id !== alignment.id && team_id === alignment.team_id);
  const compare = () =>
    desk.setCompared(
      other && alignment.state !== "live"
        ? { beforeId: other.id, afterId: alignment.id }
        : { beforeId: alignment.id, afterId: other?.id ?? null },
    );
  return (
    <section className={classes.bar} aria-label="Alignment">
      <AlignmentSwitcher
        alignments={alignments}
        current={alignment}
        canCreate={mayWrite}
        onChoose={openAlignment}
        onCreate={() => desk.setDialog("create")}
      />
      <Presence others={props.others} />
      <span className={classes.state}>
        <SaveState
          status={editor.status}
          savedLabel={editor.savedLabel}
          revision={alignment.revision}
          isReadOnly={!canEdit}
          nWaiting={editor.n_waiting}
          onDetails={() => desk.setDialog("conflict")}
        />
      </span>
      {canEdit && (
        <UndoRedo
          alignment={alignment}
          isSaving={editor.status === "saving"}
          onUndo={editor.undo}
          onRedo={editor.redo}
        />
      )}
      {mayWrite && !canEdit && (
        <Tooltip label="The live map only changes by publishing: edit a copy of it">
          <Button variant="light" size="sm" onClick={() => desk.setDialog("create")}>
            Edit as scenario
          </Button>
        </Tooltip>
      )}
      <Button variant="default" size="sm" onClick={compare} disabled={!other}>
        Compare
      </Button>
      {canEdit && (
        <Button variant="default" size="sm" onClick={() => desk.setDialog("publish")}>
          Publish…
        </Button>
      )}
      {mayWrite && (
        <Button size="sm" onClick={() => desk.setPanel("optimizer")}>
          Rebalance…
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" size="sm" px={8} aria-label="More about this alignment">
            <IconDots size={18} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => desk.setDialog("history")}>History</Menu.Item>
          {mayWrite && (
            <Menu.Item onClick={() => desk.setDialog("convert")}>
              {alignment.basis === "drawn" ? "Make of whole units…" : "Make of drawn shapes…"}
            </Menu.Item>
          )}
          {canEdit && (
            <Menu.Item onClick={() => desk.setDialog("boundary")}>Import a boundary…</Menu.Item>
          )}
          <Menu.Item onClick={() => desk.setDialog("keys")}>Keys</Menu.Item>
          <Menu.Item component="a" href="#/exports">
            Export
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </section>
  );
}
