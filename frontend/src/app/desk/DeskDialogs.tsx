import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { alignmentKeys } from "@/api/alignments";
import type { Alignment, Session, Territory } from "@/api/types";
import { ConflictDialog } from "@/features/alignment/ConflictDialog";
import { ConvertDialog } from "@/features/alignment/ConvertDialog";
import { CreateAlignmentDialog } from "@/features/alignment/CreateAlignmentDialog";
import { DetailsDialog } from "@/features/alignment/DetailsDialog";
import { HistoryDrawer } from "@/features/alignment/HistoryDrawer";
import { PublishDialog } from "@/features/alignment/PublishDialog";
import { UnitSheetDialog } from "@/features/alignment/UnitSheetDialog";
import type { AlignmentEditor } from "@/features/alignment/useAlignmentEditor";
import { BoundaryDialog } from "@/features/tools/BoundaryDialog";
import { KeyHelp } from "@/features/tools/KeyHelp";
import type { EditPlanning } from "@/features/tools/useEditPlan";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { openAlignment } from "../useHashRoute";
import { markStep } from "./checklistSteps";
import type { DeskState } from "./useDeskState";

interface DeskDialogsProps {
  session: Session;
  alignments: readonly Alignment[];
  alignment: Alignment;
  territories: readonly Territory[];
  editor: AlignmentEditor;
  planning: EditPlanning;
  desk: DeskState;
}

export function DeskDialogs(props: DeskDialogsProps) {
  const { session, alignments, alignment, territories, editor, planning, desk } = props;
  const { time_zone } = session.workspace;
  const queries = useQueryClient();
  const close = () => desk.setDialog(null);
  const live =
    alignments.find(({ state, team_id }) => state === "live" && team_id === alignment.team_id) ??
    null;
  const openNew = async ({ id }: Alignment) => {
    await queries.invalidateQueries({ queryKey: alignmentKeys.list });
    openAlignment(id);
  };
  return (
    <>
      <CreateAlignmentDialog
        isOpen={desk.dialog === "create"}
        alignments={alignments}
        current={alignment}
        onClose={close}
        onCreated={({ id }) => openAlignment(id)}
      />
      <ConvertDialog
        alignment={alignment}
        currency={session.workspace.currency}
        isOpen={desk.dialog === "convert"}
        onClose={close}
        onCreated={openNew}
      />
      <BoundaryDialog
        alignment={alignment}
        territories={territories}
        selectedId={desk.selectedId}
        currency={session.workspace.currency}
        isOpen={desk.dialog === "boundary"}
        onPlan={(operation) => void planning.ask(operation)}
        onEdit={editor.edit}
        onClose={close}
      />
      <UnitSheetDialog alignment={alignment} isOpen={desk.dialog === "unitSheet"} onClose={close} />
      <PublishDialog
        alignment={alignment}
        live={live}
        isOpen={desk.dialog === "publish"}
        onClose={close}
        onPublished={(published) => {
          markStep("published");
          notifications.show({ color: "green", message: `“${published.name}” is live.` });
        }}
      />
      <HistoryDrawer
        alignment={alignment}
        isOpen={desk.dialog === "history"}
        mayWrite={session.member.role === "admin" || session.member.role === "manager"}
        onOpened={openNew}
        onCompare={(beforeId, afterId) => desk.setCompared({ beforeId, afterId })}
        timeZone={time_zone}
        onClose={close}
      />
      <ConflictDialog
        alignment={alignment}
        editor={editor}
        isOpen={desk.dialog === "conflict"}
        timeZone={time_zone}
        onClose={close}
        onOpened={openNew}
      />
      <DetailsDialog alignment={alignment} isOpen={desk.dialog === "details"} onClose={close} />
      <KeyHelp isOpen={desk.dialog === "keys"} onClose={close} />
      <ConfirmDialog confirmation={desk.confirmation} onClose={() => desk.setConfirmation(null)} />
    </>
  );
}
