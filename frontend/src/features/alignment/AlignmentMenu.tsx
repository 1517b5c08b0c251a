import { Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDots } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import {
  alignmentKeys,
  archiveAlignment,
  deleteAlignment,
  restoreAlignment,
} from "@/api/alignments";
import { problemSentences } from "@/api/problem";
import type { Alignment } from "@/api/types";
import type { Confirmation } from "@/ui/ConfirmDialog";

interface AlignmentMenuProps {
  alignment: Alignment;
  canEdit: boolean;
  mayWrite: boolean;
  onDialog: (dialog: "history" | "keys" | "details" | "convert" | "boundary" | "unitSheet") => void;
  onConfirm: (confirmation: Confirmation) => void;
  /** The alignment is gone from the desk. */
  onGone: () => void;
}

/** What is done with an alignment as a whole, and seldom. */
export function AlignmentMenu(props: AlignmentMenuProps) {
  const { alignment, canEdit, mayWrite, onDialog, onConfirm, onGone } = props;
  const queries = useQueryClient();
  const carryOut = async (act: () => Promise<unknown>, done: string, leaves: boolean) => {
    try {
      await act();
    } catch (error) {
      const [message] = problemSentences(error);
      notifications.show({ color: "red", message });
      return;
    }
    notifications.show({ message: done });
    if (leaves) onGone();
    await queries.invalidateQueries({ queryKey: alignmentKeys.list });
    await queries.invalidateQueries({ queryKey: alignmentKeys.one(alignment.id) });
  };
  const { id, revision, name } = alignment;
  const canRestore = mayWrite && alignment.state === "archived" && alignment.published_at === null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="sm" px={8} aria-label="More about this alignment">
          <IconDots size={18} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {canEdit && (
          <Menu.Item onClick={() => onDialog("details")}>
            {alignment.notes ? "Name and notes…" : "Name, add notes…"}
          </Menu.Item>
        )}
        <Menu.Item onClick={() => onDialog("history")}>History</Menu.Item>
        {mayWrite && (
          <Menu.Item onClick={() => onDialog("convert")}>
            {alignment.basis === "drawn" ? "Make of whole units…" : "Make of drawn shapes…"}
          </Menu.Item>
        )}
        {canEdit && <Menu.Item onClick={() => onDialog("boundary")}>Import a boundary…</Menu.Item>}
        {canEdit && alignment.basis === "units" && (
          <Menu.Item onClick={() => onDialog("unitSheet")}>Import unit assignments…</Menu.Item>
        )}
        <Menu.Item component="a" href="#/exports">
          Export
        </Menu.Item>
        <Menu.Item onClick={() => onDialog("keys")}>Keys</Menu.Item>
        {canRestore && (
          <Menu.Item
            onClick={() =>
              carryOut(
                () => restoreAlignment(id, revision),
                `“${name}” is a scenario again.`,
                false,
              )
            }
          >
            Take up again
          </Menu.Item>
        )}
        {canEdit && (
          <>
            <Menu.Divider />
            <Menu.Item
              onClick={() =>
                carryOut(() => archiveAlignment(id, revision), `“${name}” is archived.`, true)
              }
            >
              Archive
            </Menu.Item>
            {alignment.state === "draft" && (
              <Menu.Item
                c="var(--over)"
                onClick={() =>
                  onConfirm({
                    title: `Delete “${name}”?`,
                    text: "The scenario and its history are gone for good. To keep it out of the way, archive it instead.",
                    actionLabel: "Delete",
                    isDangerous: true,
                    run: () =>
                      carryOut(() => deleteAlignment(id, revision), `“${name}” is deleted.`, true),
                  })
                }
              >
                Delete…
              </Menu.Item>
            )}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
