/** Positions of a run's moves that somebody wants to keep; they count from 1 without a gap. */
export type MovesChoice = ReadonlySet<number>;

export const NO_MOVES: MovesChoice = new Set();

export const firstMoves = (count: number): MovesChoice =>
  new Set(Array.from({ length: count }, (_, place) => place + 1));

export function toggled(choice: MovesChoice, position: number): MovesChoice {
  const next = new Set(choice);
  if (!next.delete(position)) next.add(position);
  return next;
}

export function without(choice: MovesChoice, positions: Iterable<number>): MovesChoice {
  const next = new Set(choice);
  for (const position of positions) next.delete(position);
  return next;
}

export const inOrder = (choice: MovesChoice): number[] => [...choice].sort((a, b) => a - b);
