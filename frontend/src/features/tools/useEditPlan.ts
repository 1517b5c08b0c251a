import { notifications } from "@mantine/notifications";
import { useRef, useState } from "react";
import { planEdit } from "@/api/alignments";
import { problemSentences } from "@/api/problem";
import type { AddedTerritory, Alignment, EditOperation } from "@/api/types";
import type { UnitMove } from "@/domain/liveTotals";
import { NOBODY, type UnitOwners } from "@/domain/units";

export interface EditPlan {
  operation: EditOperation;
  title: string;
  /** The revision it was made for. */
  revision: number;
  moves: UnitMove[];
  added: readonly AddedTerritory[];
}

/** An edit that is looked at before it is made. Asking again replaces what was asked before. */
export function useEditPlan(alignment: Alignment, owners: UnitOwners) {
  const [plan, setPlan] = useState<EditPlan | null>(null);
  const asked = useRef(0);

  const ask = async (operation: EditOperation) => {
    const turn = ++asked.current;
    try {
      const answer = await planEdit(alignment.id, operation);
      if (turn !== asked.current) return;
      setPlan({
        operation,
        title: titleOf(operation),
        revision: alignment.revision,
        added: answer.added,
        moves: answer.unit_ids.map((unitId, i) => ({
          unitId,
          from: owners.get(unitId) ?? NOBODY,
          to: answer.territory_ids[i] ?? NOBODY,
        })),
      });
    } catch (error) {
      if (turn !== asked.current) return;
      const [message] = problemSentences(error);
      notifications.show({
        message,
        autoClose: 5000,
        withBorder: true,
        closeButtonProps: { "aria-label": "Close" },
      });
    }
  };
  const forget = () => {
    asked.current++;
    setPlan(null);
  };
  return { plan, ask, forget };
}

export type EditPlanning = ReturnType<typeof useEditPlan>;

function titleOf(operation: EditOperation): string {
  if (operation.op === "fill_holes") return "Fill the holes";
  if (operation.op === "cover_units") return "Take the units of the boundary";
  if (operation.op === "split_territory") return "Split the territory";
  return "Give to the neighbour";
}
