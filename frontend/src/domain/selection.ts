/** Territories chosen together: the first chosen is the one others are merged into. */
export interface Selection {
  /** In the order they were chosen. */
  ids: readonly number[];
  /** Where a range begins. */
  anchor: number | null;
  /** The one whose details are shown. */
  current: number | null;
}

/** What a click or a key does to the selection: this one only, this one too or no more, or all up to it. */
export type Choice = "only" | "toggle" | "range";

export const NOTHING_CHOSEN: Selection = { ids: [], anchor: null, current: null };

export function choose(
  selection: Selection,
  id: number,
  choice: Choice,
  order: readonly number[],
): Selection {
  if (choice === "toggle") return toggled(selection, id);
  if (choice === "range") return upTo(selection, id, order);
  return only(id);
}

export function only(id: number | null): Selection {
  return id === null ? NOTHING_CHOSEN : { ids: [id], anchor: id, current: id };
}

/** All of them; the first is the one others are merged into. */
export function several(ids: readonly number[]): Selection {
  return { ids, anchor: ids[0] ?? null, current: ids.at(-1) ?? null };
}

function toggled({ ids, current }: Selection, id: number): Selection {
  if (!ids.includes(id)) return { ids: [...ids, id], anchor: id, current: id };
  const left = ids.filter((other) => other !== id);
  return {
    ids: left,
    anchor: id,
    current: current === id ? (left.at(-1) ?? null) : current,
  };
}

/** All rows between the anchor and this one, the anchor first: it stays the first chosen. */
function upTo({ anchor }: Selection, id: number, order: readonly number[]): Selection {
  const from = anchor === null ? -1 : order.indexOf(anchor);
  const to = order.indexOf(id);
  if (from < 0 || to < 0) return only(id);
  const between = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: from <= to ? between : between.reverse(), anchor, current: id };
}

/** Without what is no longer there; the same selection where all of it is. */
export function stillThere(selection: Selection, present: ReadonlySet<number>): Selection {
  const ids = selection.ids.filter((id) => present.has(id));
  if (ids.length === selection.ids.length) return selection;
  const isThere = (id: number | null) => id !== null && present.has(id);
  return {
    ids,
    anchor: isThere(selection.anchor) ? selection.anchor : (ids[0] ?? null),
    current: isThere(selection.current) ? selection.current : (ids.at(-1) ?? null),
  };
}
