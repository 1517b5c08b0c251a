import { type RefObject, useEffect, useMemo, useRef } from "react";
import { useReps, useSegments } from "@/api/accounts";
import type { AlignmentView } from "@/api/alignmentView";
import { useBarriers } from "@/api/barriers";
import { useIsochrones } from "@/api/travel";
import type { Alignment, Finding, ScorecardMetric, Segment, Session } from "@/api/types";
import type { TotalsChange } from "@/domain/liveTotals";
import { labelFigures, territoryLabels } from "@/domain/territoryView";
import { Legend } from "@/features/layers/Legend";
import { legendEntries } from "@/features/layers/legendEntries";
import { PointedPlace } from "@/features/layers/PointedPlace";
import { BestPlanNote } from "@/features/optimizer/BestPlanNote";
import { barrierFacts } from "@/features/tools/barriers/barrierWords";
import { HoverCard } from "@/features/tools/HoverCard";
import { type LassoCommit, LassoPanel } from "@/features/tools/LassoPanel";
import { type Exceptions, OverridePanel } from "@/features/tools/OverridePanel";
import { PlanPanel, SplitByHomes } from "@/features/tools/PlanPanel";
import { StrokeNote } from "@/features/tools/StrokeNote";
import { ToolBar } from "@/features/tools/ToolBar";
import type { EditPlan } from "@/features/tools/useEditPlan";
import { AlignmentMap } from "@/map/AlignmentMap";
import { MAP_COLOURS, type Scheme } from "@/map/colours";
import type { DeskMapEvents, MapController } from "@/map/MapController";
import classes from "./Desk.module.css";
import { MapCorner } from "./MapCorner";
import { MapPanels } from "./MapPanels";
import type { BestSoFar } from "./useBestSoFar";
import type { DeskState } from "./useDeskState";
import { useScenarioMoves } from "./useScenarioMoves";

const NO_SEGMENTS: readonly Segment[] = [];
const NO_METRICS: readonly ScorecardMetric[] = [];

interface DeskMapProps {
  session: Session;
  alignments: readonly Alignment[];
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
  onCommitExceptions: (exceptions: Exceptions) => void;
  plan: EditPlan | null;
  onCommitPlan: () => void;
  onForgetPlan: () => void;
  onSplitByHomes: (territoryId: number, repId: number) => void;
}

export function DeskMap(props: DeskMapProps) {
  const { session, alignment, desk, view, findings, liveChange, canEdit, controllerRef } = props;
  const { bestSoFar, scheme } = props;
  const { look } = desk;
  const layersButton = useRef<HTMLButtonElement>(null);
  const searchButton = useRef<HTMLButtonElement>(null);
  const { currency } = session.workspace;
  const barriers = useBarriers();
  const reach = useIsochrones(desk.isReachShown ? desk.selectedId : null, alignment.revision);
  const territories = view.territories.data ?? [];
  const scorecard = view.scorecard.data;
  const metrics = scorecard?.metrics ?? NO_METRICS;
  const moves = useScenarioMoves(
    alignment,
    props.alignments,
    view,
    look.layers.moves.isOn || desk.mapPanel === "layers",
  );

  const labels = useMemo(
    () =>
      territoryLabels(
        view.territories.data ?? [],
        scorecard?.territories ?? [],
        labelFigures(look.labelFigures, metrics),
        currency,
        liveChange,
      ),
    [view.territories.data, scorecard, metrics, look.labelFigures, currency, liveChange],
  );
  const segments = useSegments(look.accountColours === "segment").data ?? NO_SEGMENTS;
  const barrierSigns = useMemo(() => barrierFacts(barriers.data?.features ?? []), [barriers.data]);
  const entries = useMemo(
    () =>
      legendEntries({
        look,
        scheme,
        units: view.units,
        metrics,
        currency,
        segments,
        barriers: barrierSigns,
        hasFindings: findings.some(({ geometry }) => geometry !== null),
        n_moves: moves?.length ?? 0,
      }),
    [look, scheme, view.units, metrics, currency, segments, barrierSigns, findings, moves],
  );
  // Whoever edits sees what is edited.
  const proposed = desk.tool === "select" ? (bestSoFar?.owners ?? null) : null;
  // Today's figures say nothing about another plan's colours.
  const shownLabels = useMemo(
    () => (proposed ? labels.map((label) => ({ ...label, notes: [] })) : labels),
    [labels, proposed],
  );
  useEffect(() => controllerRef.current?.setTool(desk.tool), [desk.tool, controllerRef]);
  useEffect(
    () => controllerRef.current?.setBarrierForm(desk.barrier.form),
    [desk.barrier.form, controllerRef],
  );
  useEffect(() => controllerRef.current?.setBrush(desk.brush), [desk.brush, controllerRef]);
  useEffect(
    () => controllerRef.current?.setSharesBorders(desk.sharesBorders),
    [desk.sharesBorders, controllerRef],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tool begins anew on another territory
  useEffect(() => {
    if (desk.tool === "edit" || desk.tool === "cut") controllerRef.current?.setTool(desk.tool);
  }, [desk.selectedId]);

  // A territory that a plan would add has its colour before it is there.
  const added = props.plan?.added;
  const onMap = useMemo(() => {
    const unseen = { isLocked: false, label: null, notes: [] };
    const coming = (added ?? []).map(({ id, name, colour }) => ({ id, name, colour, ...unseen }));
    return coming.length > 0 ? [...shownLabels, ...coming] : shownLabels;
  }, [shownLabels, added]);
  const splitting = territories.find(({ id }) => id === desk.splitId);
  const reps = useReps(alignment.team_id);
  const shownHover =
    desk.lassoRing ||
    desk.strokeMoves.length > 0 ||
    desk.tool === "measure" ||
    desk.tool === "barrier"
      ? null
      : desk.hover;
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
        isLoading={view.isLoading}
        scheme={scheme}
        look={look}
        basemap={session.basemap}
        source={view.source}
        territories={onMap}
        units={view.units}
        owners={view.owners}
        proposed={proposed}
        boundaries={view.boundaries}
        barriers={barriers.data}
        reach={reach.data}
        findings={findings}
        focusedFindingId={desk.focusedFindingId}
        moves={moves ?? undefined}
        selectedId={desk.selectedId}
        chosenIds={desk.selection.ids}
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
        sharesBorders={desk.sharesBorders}
        onTool={desk.setTool}
        onBrush={desk.setBrush}
        onSharesBorders={desk.setSharesBorders}
        isBarrierArea={desk.barrier.isArea}
        onBarrierArea={(isArea) => {
          props.onForgetPlan();
          desk.barrier.setArea(isArea);
        }}
      />
      <MapCorner
        alignment={alignment}
        desk={desk}
        picture={{
          title: alignment.name,
          subtitle: `${session.workspace.name} · ${alignment.team_name} · ${alignment.is_proposal ? "proposal" : alignment.state}`,
          entries,
        }}
        controllerRef={controllerRef}
        layersButton={layersButton}
        searchButton={searchButton}
      />
      <MapPanels
        memberId={session.member.id}
        alignment={alignment}
        desk={desk}
        view={view}
        metrics={metrics}
        territories={territories}
        facts={{
          hasUnits: alignment.unit_layer_id !== null,
          hasBarriers: barrierSigns.hasHard || barrierSigns.hasSoft,
          n_moves: moves?.length ?? null,
        }}
        controllerRef={controllerRef}
        layersButton={layersButton}
        searchButton={searchButton}
        onForget={props.onForgetPlan}
      />
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
      {desk.picked && (
        <OverridePanel
          key={JSON.stringify(desk.picked)}
          alignment={alignment}
          pick={desk.picked}
          territories={territories}
          selectedId={desk.selectedId}
          currency={currency}
          onCommit={props.onCommitExceptions}
          onClose={props.onForgetPlan}
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
      <PointedPlace controllerRef={controllerRef} />
      <Legend
        entries={entries}
        ink={MAP_COLOURS[scheme].ink}
        isBesidePanel={desk.mapPanel === "layers"}
      />
    </div>
  );
}
