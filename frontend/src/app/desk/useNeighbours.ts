import { useMemo } from "react";
import type { AlignmentView } from "@/api/alignmentView";
import {
  boxNeighbours,
  distinctColours,
  type Neighbours,
  territoryNeighbours,
} from "@/domain/palette";
import { NOBODY } from "@/domain/units";

/** Which territories touch, and the colours that it takes for neighbours to differ. */
export function useNeighbours(view: AlignmentView): {
  neighbours: Neighbours;
  betterColours: ReadonlyMap<number, string>;
} {
  const territories = view.territories.data;
  const { edges, owners } = view;
  const neighbours = useMemo(
    () =>
      edges
        ? territoryNeighbours(edges, (unitId) => owners.get(unitId) ?? NOBODY)
        : boxNeighbours(territories ?? []),
    [edges, owners, territories],
  );
  const betterColours = useMemo(() => {
    const present = new Map(territories?.map(({ id, colour }) => [id, colour]));
    return distinctColours(present, neighbours);
  }, [territories, neighbours]);
  return { neighbours, betterColours };
}
