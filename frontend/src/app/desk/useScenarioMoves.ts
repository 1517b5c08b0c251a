import { useMemo } from "react";
import { useTerritories, useUnitAssignment } from "@/api/alignments";
import type { AlignmentView } from "@/api/alignmentView";
import type { Alignment } from "@/api/types";
import { movedUnits } from "@/domain/moves";
import { NOBODY_COLOUR } from "@/domain/palette";
import { unitOwners } from "@/domain/units";
import type { MapMove } from "@/map/look";

const NONE: readonly MapMove[] = [];

/** What a scenario moves against the plan it was made from; null where the two cannot be compared unit by unit. */
export function useScenarioMoves(
  alignment: Alignment,
  alignments: readonly Alignment[],
  view: AlignmentView,
  isWanted: boolean,
): readonly MapMove[] | null {
  const parent = alignments.find(({ id }) => id === alignment.parent_id);
  const isComparable =
    alignment.basis === "units" &&
    parent?.basis === "units" &&
    parent.unit_layer_id === alignment.unit_layer_id;
  const askedId = isComparable && isWanted ? parent.id : null;
  const territories = useTerritories(askedId).data;
  const assignment = useUnitAssignment(askedId, true).data;
  const after = view.territories.data;
  const moves = useMemo(
    () =>
      view.units && territories && assignment && after
        ? movedUnits(
            view.units,
            { owners: unitOwners(assignment), territories },
            { owners: view.owners, territories: after },
            NOBODY_COLOUR,
          )
        : NONE,
    [view.units, view.owners, territories, assignment, after],
  );
  return isComparable ? moves : null;
}
