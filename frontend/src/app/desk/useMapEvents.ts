import { notifications } from "@mantine/notifications";
import { type RefObject, useRef } from "react";
import type { AlignmentView } from "@/api/alignmentView";
import type { Alignment, Boundary } from "@/api/types";
import { freeColour, ownersBeside } from "@/domain/palette";
import { NOBODY } from "@/domain/units";
import type { AlignmentEditor } from "@/features/alignment/useAlignmentEditor";
import type { LassoCommit } from "@/features/tools/LassoPanel";
import type { Exceptions } from "@/features/tools/OverridePanel";
import type { EditPlanning } from "@/features/tools/useEditPlan";
import type { DeskMapEvents, MapController } from "@/map/MapController";
import type { DeskState } from "./useDeskState";

interface MapEventInputs {
  alignment: Alignment;
  desk: DeskState;
  view: AlignmentView;
  editor: AlignmentEditor;
  planning: EditPlanning;
  controllerRef: RefObject<MapController | null>;
}

/** What a gesture on the map means: which edit it becomes, and what is asked first. */
export function useMapEvents(inputs: MapEventInputs) {
  const { alignment, desk, view, editor, planning, controllerRef } = inputs;
  /** The revision that was on the screen when the stroke under way began; null between strokes. */
  const strokeBase = useRef<number | null>(null);
  const territories = view.territories.data ?? [];
  const nameOf = (id: number | null) =>
    territories.find((territory) => territory.id === id)?.name ?? "nobody";
  const units = (n: number) => `${n} ${n === 1 ? "unit" : "units"}`;

  /** For a territory to come: as no neighbour of its units has it. */
  const newColour = (unitIds: readonly number[]) => {
    const ownerOf = (unitId: number) => view.owners.get(unitId) ?? NOBODY;
    const beside = ownersBeside(view.edges ?? [], ownerOf, new Set(unitIds));
    const colours = new Map(territories.map(({ id, colour }) => [id, colour]));
    return freeColour(-1, colours, new Map([[-1, beside]]));
  };

  const addTerritory = (name: string, part: { unit_ids: number[] } | { boundary: Boundary }) => {
    const colour = newColour("unit_ids" in part ? part.unit_ids : []);
    editor.edit({ op: "add_territory", name, colour, ...part }, `Add ${name}`);
  };

  const split = (territoryId: number, way: { line: [number, number][] } | { rep_id: number }) =>
    void planning.ask({
      op: "split_territory",
      territory_id: territoryId,
      name: `${nameOf(territoryId)} 2`,
      ...way,
    });
  const commitPlan = () => {
    if (!planning.plan) return;
    const { operation, moves, revision } = planning.plan;
    planning.forget();
    controllerRef.current?.cancel();
    const to = [...new Set(moves.map((move) => nameOf(move.to)))].join(" and ");
    const label =
      operation.op === "split_territory"
        ? `Split ${nameOf(operation.territory_id)}`
        : `Give ${units(moves.length)} to ${to}`;
    editor.edit(operation, label, revision);
  };

  const events: Partial<DeskMapEvents> = {
    hover: desk.setHover,
    selectTerritory: desk.select,
    selectAccount: desk.setAccountId,
    barrierDrawn: desk.barrier.setDrawn,
    bridgePicked: desk.barrier.setPlace,
    strokeChanged: (moves) => {
      if (moves.length === 0) strokeBase.current = null;
      else strokeBase.current ??= alignment.revision;
      desk.setStrokeMoves(moves);
    },
    strokeEnded: (moves) => {
      const seen = strokeBase.current ?? alignment.revision;
      strokeBase.current = null;
      const territoryId = moves[0]?.to ?? null;
      editor.edit(
        {
          op: "assign_units",
          unit_ids: moves.map(({ unitId }) => unitId),
          territory_id: territoryId,
        },
        `Give ${units(moves.length)} to ${nameOf(territoryId)}`,
        seen,
      );
    },
    lassoClosed: desk.setLassoRing,
    accountsPicked: desk.setPicked,
    measured: desk.setMeasurement,
    refused: (message) =>
      notifications.show({ id: message, message, autoClose: 4000, withBorder: true }),
    tilesFailed: (status) =>
      notifications.show({
        id: "tiles",
        color: "red",
        title: "Parts of the map did not load",
        message: `The server answered with status ${status || "none"}. Move the map to try again.`,
      }),
    mergePicked: (fromId, intoId) =>
      desk.setConfirmation({
        title: `Merge ${nameOf(fromId)} into ${nameOf(intoId)}?`,
        text: `${nameOf(intoId)} keeps its name and rep and takes all ground and accounts of ${nameOf(fromId)}.`,
        actionLabel: "Merge",
        isDangerous: false,
        run: () =>
          editor.edit(
            { op: "merge_territories", territory_ids: [fromId, intoId], into_id: intoId },
            `Merge ${nameOf(fromId)} into ${nameOf(intoId)}`,
          ),
      }),
    lockPicked: (territoryId) => {
      const isLocked = territories.find(({ id }) => id === territoryId)?.is_locked ?? false;
      editor.edit(
        { op: "update_territory", territory_id: territoryId, is_locked: !isLocked },
        `${isLocked ? "Unlock" : "Lock"} ${nameOf(territoryId)}`,
      );
    },
    deletePicked: (territoryId) =>
      desk.setConfirmation({
        title: `Remove ${nameOf(territoryId)}?`,
        text: "Its ground and accounts become white space until another territory takes them.",
        actionLabel: "Remove",
        isDangerous: true,
        run: () =>
          editor.edit(
            { op: "remove_territory", territory_id: territoryId },
            `Remove ${nameOf(territoryId)}`,
          ),
      }),
    givePicked: (unitIds) => void planning.ask({ op: "give_to_neighbour", unit_ids: [...unitIds] }),
    fillPicked: (territoryId) => void planning.ask({ op: "fill_holes", territory_id: territoryId }),
    splitPicked: (territoryId, line) => {
      desk.setSplitId(line ? null : territoryId);
      if (line) split(territoryId, { line });
    },
    cornerMoved: (territoryId, { corner, to }, boundary) =>
      editor.edit(
        desk.sharesBorders
          ? {
              op: "move_corner",
              territory_id: territoryId,
              corner: [...corner],
              to: to && [...to],
            }
          : { op: "set_boundary", territory_id: territoryId, boundary },
        `Move the border of ${nameOf(territoryId)}`,
      ),
    boundaryEdited: (territoryId, boundary) =>
      editor.edit(
        { op: "set_boundary", territory_id: territoryId, boundary },
        `Move the border of ${nameOf(territoryId)}`,
      ),
    shapeDrawn: (boundary) => {
      const ring = boundary.type === "Polygon" ? boundary.coordinates[0] : undefined;
      const held = controllerRef.current?.unitsInRing((ring ?? []) as [number, number][]) ?? [];
      const isByUnits = alignment.basis === "units";
      if (isByUnits && held.length === 0) {
        notifications.show({ message: "That shape holds no unit. Draw around at least one." });
        return;
      }
      desk.setConfirmation({
        title: "New territory",
        text: isByUnits
          ? `It takes the ${units(held.length)} inside the shape.`
          : "It takes the accounts inside the shape that nobody else holds.",
        actionLabel: "Add territory",
        isDangerous: false,
        suggestedName: `Territory ${territories.length + 1}`,
        run: (name) => addTerritory(name, isByUnits ? { unit_ids: held } : { boundary }),
      });
    },
  };

  const commitLasso = (commit: LassoCommit) => {
    const ring = desk.lassoRing ?? [];
    const unit_ids = controllerRef.current?.unitsInRing(ring) ?? [];
    controllerRef.current?.cancel();
    desk.setLassoRing(null);
    if (commit.kind === "units") {
      editor.edit(
        { op: "assign_units", unit_ids, territory_id: commit.territoryId },
        `Give ${units(unit_ids.length)} to ${nameOf(commit.territoryId)}`,
      );
    } else if (commit.kind === "neighbour") {
      void planning.ask({ op: "give_to_neighbour", unit_ids });
    } else if (commit.kind === "new_territory") {
      addTerritory(`Territory ${territories.length + 1}`, { unit_ids });
    } else {
      editor.edit(
        {
          op: "set_overrides",
          account_ids: commit.accountIds,
          territory_id: commit.territoryId,
          reason: "Chosen with the lasso",
        },
        `Keep ${commit.accountIds.length} accounts with ${nameOf(commit.territoryId)}`,
      );
    }
  };

  const commitExceptions = ({ accountIds, territoryId, reason }: Exceptions) => {
    controllerRef.current?.cancel();
    desk.setPicked(null);
    const count = `${accountIds.length} ${accountIds.length === 1 ? "account" : "accounts"}`;
    if (territoryId === null) {
      editor.edit(
        { op: "clear_overrides", account_ids: accountIds },
        `Let the map decide on ${count}`,
      );
    } else {
      editor.edit(
        { op: "set_overrides", account_ids: accountIds, territory_id: territoryId, reason },
        `Keep ${count} with ${nameOf(territoryId)}`,
      );
    }
  };

  return {
    events,
    commitLasso,
    commitExceptions,
    commitPlan,
    split,
    isStroking: () => strokeBase.current !== null,
  };
}
