import { useMemo } from "react";
import { type UnitColumns, unitColumns, unitOwners } from "@/domain/units";
import {
  tileUrlTemplate,
  useBoundaries,
  useTerritories,
  useUnitAssignment,
  useUnitTable,
} from "./alignments";
import { useScorecard } from "./balancing";
import type { Alignment } from "./types";

/** Everything a map of one alignment needs, in the shapes the domain works on. */
export function useAlignmentView(alignment: Alignment | null) {
  const id = alignment?.id ?? null;
  const isByUnits = alignment?.basis === "units";
  const territories = useTerritories(id);
  const scorecard = useScorecard(id);
  const boundaries = useBoundaries(alignment && !isByUnits ? id : null);
  const assignment = useUnitAssignment(id, isByUnits);
  const table = useUnitTable(alignment?.unit_layer_id ?? null);

  const units: UnitColumns | null = useMemo(
    () => (table.data ? unitColumns(table.data) : null),
    [table.data],
  );
  const owners = useMemo(
    () => (assignment.data ? unitOwners(assignment.data) : new Map<number, number>()),
    [assignment.data],
  );
  const source = useMemo(
    () =>
      id === null
        ? null
        : {
            accountsUrl: tileUrlTemplate(id, "accounts"),
            unitsUrl: alignment?.unit_layer_id ? tileUrlTemplate(id, "units") : null,
            accountsVersion: String(alignment?.revision ?? 0),
          },
    [id, alignment?.unit_layer_id, alignment?.revision],
  );

  const isLoading = isByUnits ? assignment.isPending || table.isPending : boundaries.isPending;

  return {
    territories,
    scorecard,
    /** Who has which ground is still being fetched. */
    isLoading,
    units,
    edges: table.data?.edges ?? null,
    owners,
    boundaries: isByUnits ? null : (boundaries.data ?? null),
    source,
  };
}

export type AlignmentView = ReturnType<typeof useAlignmentView>;
