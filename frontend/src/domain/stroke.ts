import type { UnitMove } from "./liveTotals";
import { NOBODY, type UnitOwners } from "./units";

/** One stroke of the brush: it becomes one edit, however many units it touched. */
export interface Stroke {
  readonly to: number;
  readonly onlyUnassigned: boolean;
  readonly moves: ReadonlyMap<number, UnitMove>;
  /** Locked territories the brush ran into, to say so. */
  readonly refusedBy: ReadonlySet<number>;
}

export function beginStroke(to: number, onlyUnassigned = false): Stroke {
  return { to, onlyUnassigned, moves: new Map(), refusedBy: new Set() };
}

/** The stroke with more units; the same object when nothing was added. */
export function extendStroke(
  stroke: Stroke,
  unitIds: Iterable<number>,
  owners: UnitOwners,
  isLocked: (territoryId: number) => boolean,
): Stroke {
  let moves: Map<number, UnitMove> | null = null;
  let refusedBy: Set<number> | null = null;
  for (const unitId of unitIds) {
    const from = owners.get(unitId) ?? NOBODY;
    if (from === stroke.to || stroke.moves.has(unitId)) continue;
    if (stroke.onlyUnassigned && from !== NOBODY) continue;
    if (from !== NOBODY && isLocked(from)) {
      if (!stroke.refusedBy.has(from))
        refusedBy = (refusedBy ?? new Set(stroke.refusedBy)).add(from);
      continue;
    }
    moves ??= new Map(stroke.moves);
    moves.set(unitId, { unitId, from, to: stroke.to });
  }
  if (!moves && !refusedBy) return stroke;
  return { ...stroke, moves: moves ?? stroke.moves, refusedBy: refusedBy ?? stroke.refusedBy };
}

export function movesOf(stroke: Stroke): UnitMove[] {
  return [...stroke.moves.values()];
}

/** Owners after the moves, or before them when reversed. */
export function applyMoves(
  owners: UnitOwners,
  moves: readonly UnitMove[],
  { reversed = false } = {},
): UnitOwners {
  const next = new Map(owners);
  for (const move of moves) next.set(move.unitId, reversed ? move.from : move.to);
  return next;
}
