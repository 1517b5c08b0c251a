import { ActionIcon, Tooltip } from "@mantine/core";
import { IconFocusCentered, IconMinus, IconPlus } from "@tabler/icons-react";
import { type RefObject, useEffect, useMemo } from "react";
import { useReps } from "@/api/accounts";
import { useBarriers } from "@/api/alignments";
import type { AlignmentView } from "@/api/alignmentView";
import type { Alignment, Finding, Session } from "@/api/types";
import type { TotalsChange } from "@/domain/liveTotals";
import { territoryLabels } from "@/domain/territoryView";
import { LayersButton } from "@/features/layers/LayersButton";
import { Legend } from "@/features/layers/Legend";
import { BestPlanNote } from "@/features/optimizer/BestPlanNote";
import { HoverCard } from "@/features/tools/HoverCard";
import { type LassoCommit, LassoPanel } from "@/features/tools/LassoPanel";
import { PlanPanel, SplitByHomes } from "@/features/tools/PlanPanel";
import { StrokeNote } from "@/features/tools/StrokeNote";
import { ToolBar } from "@/features/tools/ToolBar";
import type { EditPlan } from "@/features/tools/useEditPlan";
import { AlignmentMap } from "@/map/AlignmentMap";
import type { Scheme } from "@/map/colours";
import type { DeskMapEvents, MapController } from "@/map/MapController";
import classes from "./Desk.module.css";
import type { BestSoFar } from "./useBestSoFar";
import type { DeskState } from "./useDeskState";

interface DeskMapProps {
  session: Session;
  alignment: Alignment;
  desk: DeskState;
  view: AlignmentView;
  bestSoFar: BestSoFar | null;
  findings: readonly Finding[];
  liveChange: TotalsChange | null;
  scheme: Scheme;
  canEdit: boolean;
  events: Partial<DeskMapEvents>;
  controllerRef: RefObject<MapController | null>;
  onCommitLasso: (commit: LassoCommit) => void;
  plan: EditPlan | null;
  onCommitPlan: () => void;
  onForgetPlan: () => void;
  onSplitByHomes: (territoryId: number, repId: number) => void;
}

export function DeskMap(props: DeskMapProps) {
  const { session, alignment, desk, view, findings, liveChange, canEdit, controllerRef } = props;
  const { bestSoFar } = props;
  const { currency } = session.workspace;
  const barriers = useBarriers();
  const territories = view.territories.data ?? [];
  const scorecard = view.scorecard.data;
  const metric = scorecard?.metrics.find(({ key }) => key === desk.labelMetric);

  const labels = useMemo(
    () =>
      territoryLabels(
        view.territories.data ?? [],
        scorecard?.territories ?? [],
        metric,
        liveChange,
      ),
    [view.territories.data, scorecard, metric, liveChange],
  );
  // Whoever edits sees what is edited.
  const proposed = desk.tool === "select" ? (bestSoFar?.owners ?? null) : null;
  // Today's figures say nothing about another plan's colours.
  const shownLabels = useMemo(
    () => (proposed ? labels.map((label) => ({ ...label, note: "" })) : labels),
    [labels, proposed],
  );
  useEffect(() => controllerRef.current?.setTool(desk.tool), [desk.tool, controllerRef]);
  useEffect(() => controllerRef.current?.setBrush(desk.brush), [desk.brush, controllerRef]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tool begins anew on another territory
  useEffect(() => {
    if (desk.tool === "edit" || desk.tool === "cut") controllerRef.current?.setTool(desk.tool);
  }, [desk.selectedId]);

  // A territory that a plan would add has its colour before it is there.
  const added = props.plan?.added;
  const onMap = useMemo(() => {
    const unseen = { isLocked: false, label: null, note: "", tone: "unknown" } as const;
    const coming = (added ?? []).map(({ id, name, colour }) => ({ id, name, colour, ...unseen }));
    return coming.length > 0 ? [...shownLabels, ...coming] : shownLabels;
  }, [shownLabels, added]);
  const splitting = territories.find(({ id }) => id === desk.splitId);
  const reps = useReps(alignment.team_id);
  const shownHover = desk.lassoRing || desk.strokeMoves.length > 0 ? null : desk.hover;
  const nUnitsInLoop = desk.lassoRing
    ? (controllerRef.current?.unitsInRing(desk.lassoRing).length ?? 0)
    : 0;
  const forgetLasso = () => {
    controllerRef.current?.cancel();
    desk.setLassoRing(null);
  };

  return (
    <div className={classes.map}>
      <AlignmentMap
        label={`Map of ${alignment.name}`}
        scheme={props.scheme}
        look={desk.look}
        basemap={session.basemap}
        source={view.source}
        territories={onMap}
        units={view.units}
        owners={view.owners}
        proposed={proposed}
        boundaries={view.boundaries}
        barriers={barriers.data}
        findings={findings}
        focusedFindingId={desk.focusedFindingId}
        selectedId={desk.selectedId}
        bounds={alignment.bbox}
        boundsKey={String(alignment.id)}
        events={props.events}
        controllerRef={controllerRef}
      />
      {bestSoFar && desk.tool === "select" && (
        <BestPlanNote
          plan={bestSoFar.plan}
          isShown={bestSoFar.isShown}
          onShown={bestSoFar.setShown}
        />
      )}
      <ToolBar
        tool={desk.tool}
        basis={alignment.basis}
        canEdit={canEdit}
        brush={desk.brush}
        onTool={desk.setTool}
        onBrush={desk.setBrush}
      />
      <div className={classes.corner} data-over-map="standing">
        <LayersButton
          look={desk.look}
          labelMetric={desk.labelMetric}
          metrics={scorecard?.metrics ?? []}
          hasUnits={alignment.unit_layer_id !== null}
          onLook={desk.setLook}
          onLabelMetric={desk.setLabelMetric}
        />
        <ActionIcon.Group orientation="vertical">
          <ActionIcon
            variant="default"
            size={36}
            aria-label="Zoom in"
            onClick={() => controllerRef.current?.zoomBy(1)}
          >
            <IconPlus size={18} />
          </ActionIcon>
          <ActionIcon
            variant="default"
            size={36}
            aria-label="Zoom out"
            onClick={() => controllerRef.current?.zoomBy(-1)}
          >
            <IconMinus size={18} />
          </ActionIcon>
        </ActionIcon.Group>
        <Tooltip label="Show all territories" position="left">
          <ActionIcon
            variant="default"
            size={36}
            aria-label="Show all territories"
            onClick={() => alignment.bbox && controllerRef.current?.fitBounds(alignment.bbox)}
          >
            <IconFocusCentered size={18} />
          </ActionIcon>
        </Tooltip>
      </div>
      <HoverCard
        target={shownHover}
        units={view.units}
        territories={territories}
        currency={currency}
      />
      {view.units && liveChange && (
        <StrokeNote
          moves={desk.strokeMoves}
          units={view.units}
          change={liveChange}
          territories={territories}
          currency={currency}
        />
      )}
      {desk.lassoRing && (
        <LassoPanel
          alignment={alignment}
          ring={desk.lassoRing}
          n_units={nUnitsInLoop}
          territories={territories}
          selectedId={desk.selectedId}
          currency={currency}
          canEdit={canEdit}
          onCommit={props.onCommitLasso}
          onClose={forgetLasso}
        />
      )}
      {props.plan && view.units && (
        <PlanPanel
          plan={props.plan}
          units={view.units}
          territories={territories}
          currency={currency}
          onCommit={props.onCommitPlan}
          onClose={props.onForgetPlan}
        />
      )}
      {splitting && !props.plan && (
        <SplitByHomes
          territory={splitting}
          reps={reps.data ?? []}
          onChoose={(repId) => props.onSplitByHomes(splitting.id, repId)}
          onClose={props.onForgetPlan}
        />
      )}
      <Legend
        look={desk.look}
        units={view.units}
        metricLabel={scorecard?.metrics.find(({ key }) => key === desk.look.unitMetric)?.label}
        currency={currency}
        hasBarriers={(barriers.data?.features.length ?? 0) > 0}
      />
    </div>
  );
}
