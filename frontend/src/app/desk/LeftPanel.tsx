import { type RefObject, useEffect, useMemo } from "react";
import { useReps } from "@/api/accounts";
import type { AlignmentView } from "@/api/alignmentView";
import type { Alignment, Finding, Session, Snapshot } from "@/api/types";
import type { TotalsChange } from "@/domain/liveTotals";
import { choose, several, stillThere } from "@/domain/selection";
import type { AlignmentEditor } from "@/features/alignment/useAlignmentEditor";
import { HandOverDialog } from "@/features/scorecard/HandOverDialog";
import { RegionDialog } from "@/features/scorecard/RegionDialog";
import { ScorecardPanel } from "@/features/scorecard/ScorecardPanel";
import type { MapController } from "@/map/MapController";
import { Checklist } from "./Checklist";
import { markStep } from "./checklistSteps";
import classes from "./Desk.module.css";
import type { DeskState } from "./useDeskState";
import { useSelectionActions } from "./useSelectionActions";

interface LeftPanelProps {
  session: Session;
  alignment: Alignment;
  desk: DeskState;
  view: AlignmentView;
  editor: AlignmentEditor;
  findings: readonly Finding[];
  snapshots: readonly Snapshot[];
  liveChange: TotalsChange | null;
  isStale: boolean;
  canEdit: boolean;
  betterColours: ReadonlyMap<number, string>;
  controllerRef: RefObject<MapController | null>;
}

const NONE: readonly never[] = [];

/** The list of territories, and what is done with those chosen in it. */
export function LeftPanel(props: LeftPanelProps) {
  const { session, alignment, desk, view, editor, betterColours, controllerRef } = props;
  const { currency } = session.workspace;
  const scorecard = view.scorecard.data;
  const territories = view.territories.data ?? NONE;
  const selected = useSelectionActions({
    memberId: session.member.id,
    alignment,
    desk,
    territories,
    scorecard,
    currency,
    editor,
    controllerRef,
  });
  const reps = useReps(alignment.team_id);
  const regions = useMemo(
    () => [...new Set(territories.map(({ region }) => region))].filter(Boolean).sort(),
    [territories],
  );
  // Merged and removed ones go from the selection too, also those that others take away.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another list of territories counts
  useEffect(() => {
    if (!view.territories.data) return;
    const left = stillThere(desk.selection, new Set(territories.map(({ id }) => id)));
    if (left !== desk.selection) desk.selectAll(left);
  }, [view.territories.data]);
  return (
    <aside className={classes.left} aria-label="Scorecard">
      <Checklist
        hasAccounts={
          scorecard?.metrics.some(({ key, total }) => key === "accounts" && total > 0) ?? false
        }
      />
      <ScorecardPanel
        scorecard={scorecard}
        territories={view.territories.data}
        findings={props.findings}
        snapshots={props.snapshots}
        selection={desk.selection}
        liveChange={props.liveChange}
        isStale={props.isStale}
        currency={currency}
        canEdit={props.canEdit}
        n_alike={betterColours.size}
        actions={selected.actions}
        onChoose={(id, choice, order) => desk.selectAll(choose(desk.selection, id, choice, order))}
        onSelect={(ids) => desk.selectAll(several(ids))}
        onRename={selected.rename}
        onRecolour={() => selected.recolour(betterColours)}
        onFindings={() => {
          markStep("seen");
          desk.setPanel("findings");
        }}
      />
      <HandOverDialog
        handed={selected.handed}
        territories={territories}
        reps={reps.data ?? NONE}
        onHandOver={selected.handOver}
        onClose={selected.endHandOver}
      />
      <RegionDialog
        chosen={selected.regrouped}
        regions={regions}
        onChoose={selected.putIntoRegion}
        onClose={selected.endRegroup}
      />
    </aside>
  );
}
