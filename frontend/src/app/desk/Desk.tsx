import { useComputedColorScheme } from "@mantine/core";
import { lazy, Suspense, useEffect, useMemo, useRef } from "react";
import { useAlignmentView } from "@/api/alignmentView";
import { useFindings, useSnapshots } from "@/api/balancing";
import { useRuns } from "@/api/runs";
import type { Alignment, Finding, Session } from "@/api/types";
import { totalsChange } from "@/domain/liveTotals";
import { TERRITORY_COLOURS } from "@/domain/palette";
import { NOBODY } from "@/domain/units";
import { showTheirs } from "@/features/alignment/showTheirs";
import { useAlignmentEditor } from "@/features/alignment/useAlignmentEditor";
import { useTogether } from "@/features/alignment/useTogether";
import { AccountDialog } from "@/features/inspector/AccountDialog";
import { useEditPlan } from "@/features/tools/useEditPlan";
import { useToolKeys } from "@/features/tools/useToolKeys";
import type { MapController } from "@/map/MapController";
import { BottomPanel } from "./BottomPanel";
import { markStep } from "./checklistSteps";
import classes from "./Desk.module.css";
import { DeskBar } from "./DeskBar";
import { DeskDialogs } from "./DeskDialogs";
import { DeskMap } from "./DeskMap";
import { LeftPanel } from "./LeftPanel";
import { SidePanels } from "./SidePanels";
import { useBestSoFar } from "./useBestSoFar";
import { useDeskState } from "./useDeskState";
import { useMapEvents } from "./useMapEvents";
import { useNeighbours } from "./useNeighbours";

const CompareView = lazy(() =>
  import("@/features/compare/CompareView").then((module) => ({ default: module.CompareView })),
);

interface DeskProps {
  session: Session;
  alignments: readonly Alignment[];
  alignment: Alignment;
}

export function Desk({ session, alignments, alignment }: DeskProps) {
  const scheme = useComputedColorScheme("light");
  const desk = useDeskState(session.member.id);
  const view = useAlignmentView(alignment);
  const editor = useAlignmentEditor(alignment, session.member.id);
  // The map and its figures first; what can wait does not compete with them.
  const isSettled = !view.scorecard.isPending;
  const findings = useFindings(alignment.id, isSettled);
  const openFindings = useMemo(
    () => (findings.data ?? []).filter(({ accepted }) => !accepted),
    [findings.data],
  );
  const snapshots = useSnapshots(isSettled ? alignment.team_id : undefined);
  const runs = useRuns(isSettled ? alignment.parent_id : null);
  const bestSoFar = useBestSoFar(isSettled ? alignment.id : null);
  const controllerRef = useRef<MapController | null>(null);
  const { currency } = session.workspace;
  const mayWrite = session.member.role === "admin" || session.member.role === "manager";
  const isOpen = alignment.state === "draft" || alignment.state === "proposed";
  const canEdit = mayWrite && isOpen && !alignment.is_proposal;
  const territories = view.territories.data ?? [];
  const scorecard = view.scorecard.data;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another alignment, another selection
  useEffect(() => {
    desk.select(null);
    desk.setTool("select");
    desk.setFocusedFindingId(null);
    desk.setLassoRing(null);
    forgetPlan();
  }, [alignment.id]);
  const { neighbours, betterColours } = useNeighbours(view);
  const liveChange = useMemo(
    () =>
      view.units && desk.strokeMoves.length > 0 ? totalsChange(desk.strokeMoves, view.units) : null,
    [desk.strokeMoves, view.units],
  );
  useEffect(() => {
    if (editor.savedLabel !== null) markStep("fixed");
  }, [editor.savedLabel]);

  const planning = useEditPlan(alignment, view.owners);
  const { events, commitLasso, commitExceptions, commitPlan, split, isStroking } = useMapEvents({
    alignment,
    desk,
    view,
    editor,
    planning,
    controllerRef,
  });
  // The stroke's figures stay until the server's own have arrived, its colours until it is saved.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a newer scorecard ends it
  useEffect(() => {
    if (!isStroking() && editor.status === "saved") desk.setStrokeMoves([]);
  }, [scorecard?.revision]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the end of saving ends it
  useEffect(() => {
    if (!isStroking() && editor.status === "saved") controllerRef.current?.endPreview();
  }, [editor.status]);
  // A border that was refused goes back to where it is.
  useEffect(() => {
    if (editor.failure || editor.conflict) controllerRef.current?.forgetDrawn();
  }, [editor.failure, editor.conflict]);
  const { others } = useTogether({
    alignment,
    memberId: session.member.id,
    editor,
    onTheirs: showTheirs,
  });
  const isStale = scorecard !== undefined && scorecard.revision !== alignment.revision;

  const showFinding = (finding: Finding) => {
    markStep("seen");
    desk.setPanel("findings");
    desk.setFocusedFindingId(finding.id);
    if (finding.bbox) controllerRef.current?.fitBounds(finding.bbox);
  };
  const actOnFinding = (finding: Finding) => {
    showFinding(finding);
    const [territoryId] = finding.territory_ids;
    if (finding.action?.kind.includes("rebalance")) desk.setPanel("optimizer");
    else if (territoryId !== undefined) desk.select(territoryId);
  };
  const forgetPlan = () => {
    planning.forget();
    desk.setSplitId(null);
    desk.setPicked(null);
    desk.barrier.clear();
    controllerRef.current?.cancel();
  };
  // Another tool: what the one before proposed is dropped.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the change of tool counts
  useEffect(() => {
    if (desk.tool !== "lasso" && desk.tool !== "box") forgetPlan();
  }, [desk.tool]);
  useEffect(() => controllerRef.current?.showPlan(planning.plan?.moves ?? []), [planning.plan]);
  const goBack = () => {
    if (planning.plan || desk.splitId !== null || desk.picked || desk.barrier.isBusy) {
      forgetPlan();
      return;
    }
    if (controllerRef.current?.cancel()) {
      desk.setLassoRing(null);
      return;
    }
    desk.setTool("select");
  };
  useToolKeys({
    basis: alignment.basis,
    canEdit,
    isPaused: desk.dialog !== null || desk.confirmation !== null || desk.compared !== null,
    onTool: desk.setTool,
    onEscape: goBack,
    onEnter: () => desk.tool === "barrier" && controllerRef.current?.finishBarrier(),
    onUndo: () => canEdit && alignment.can_undo && editor.undo(),
    onRedo: () => canEdit && alignment.can_redo && editor.redo(),
    onHelp: () => desk.setDialog("keys"),
  });
  const freeColours = TERRITORY_COLOURS.filter(
    (colour) =>
      !territories.some(
        (other) =>
          other.colour.toLowerCase() === colour &&
          neighbours.get(desk.selectedId ?? NOBODY)?.has(other.id),
      ),
  );

  return (
    <div className={classes.desk}>
      <DeskBar
        session={session}
        alignments={alignments}
        alignment={alignment}
        editor={editor}
        others={others}
        canEdit={canEdit}
        mayWrite={mayWrite}
        desk={desk}
      />
      <main className={classes.main}>
        <h1 className="visually-hidden">
          {alignment.name}, {alignment.team_name}
        </h1>
        <LeftPanel
          session={session}
          alignment={alignment}
          desk={desk}
          view={view}
          editor={editor}
          findings={openFindings}
          snapshots={snapshots.data ?? []}
          liveChange={liveChange}
          isStale={isStale}
          canEdit={canEdit}
          betterColours={betterColours}
          controllerRef={controllerRef}
        />
        <DeskMap
          session={session}
          alignments={alignments}
          alignment={alignment}
          desk={desk}
          view={view}
          bestSoFar={bestSoFar}
          findings={openFindings}
          liveChange={liveChange}
          scheme={scheme}
          canEdit={canEdit}
          events={events}
          controllerRef={controllerRef}
          onCommitLasso={commitLasso}
          onCommitExceptions={commitExceptions}
          plan={planning.plan}
          onCommitPlan={commitPlan}
          onForgetPlan={forgetPlan}
          onSplitByHomes={(territoryId, rep_id) => {
            desk.setSplitId(null);
            split(territoryId, { rep_id });
          }}
        />
        <SidePanels
          session={session}
          alignment={alignment}
          desk={desk}
          territories={territories}
          scorecard={scorecard}
          findings={findings}
          canEdit={canEdit}
          mayWrite={mayWrite}
          freeColours={freeColours}
          onEdit={editor.edit}
          onZoom={(territory) => territory.bbox && controllerRef.current?.fitBounds(territory.bbox)}
          onShowFinding={showFinding}
          onActOnFinding={actOnFinding}
        />
      </main>
      <BottomPanel
        session={session}
        alignment={alignment}
        desk={desk}
        territories={territories}
        scorecard={scorecard}
        findings={openFindings}
        run={
          runs.data?.results.find(
            ({ result_alignment_id }) => result_alignment_id === alignment.id,
          ) ?? null
        }
      />
      <AccountDialog
        accountId={desk.accountId}
        alignment={alignment}
        territories={territories}
        currency={currency}
        canEdit={canEdit}
        onEdit={editor.edit}
        onClose={() => desk.setAccountId(null)}
      />
      <DeskDialogs
        session={session}
        alignments={alignments}
        alignment={alignment}
        territories={territories}
        editor={editor}
        planning={planning}
        desk={desk}
      />
      {desk.compared && (
        <Suspense fallback={null}>
          <CompareView
            beforeId={desk.compared.beforeId}
            afterId={desk.compared.afterId}
            alignments={alignments}
            scheme={scheme}
            basemap={session.basemap}
            currency={currency}
            onChoose={desk.setCompared}
            onClose={() => desk.setCompared(null)}
          />
        </Suspense>
      )}
    </div>
  );
}
