/** What others changed since the revision an edit was made on, by kind of id. */
export interface Touched {
  unit_ids: number[];
  account_ids: number[];
  /** Came, went, or have other fields. */
  territory_ids: number[];
  /** Gained or lost units or accounts. */
  holder_ids: number[];
}

/** The parts of an edit that others can meet; every operation of the API has this shape. */
export interface EditShape {
  op: string;
  unit_ids?: number[];
  account_ids?: number[];
  territory_id?: number | null;
  territory_ids?: number[];
  into_id?: number;
}

const MOVES_UNITS = new Set(["assign_units", "add_territory"]);
const MOVES_NOTHING = new Set(["update_territory", "update_territories", "hand_over"]);
const MOVES_ACCOUNTS = new Set(["set_overrides", "clear_overrides"]);

/** Whether units and accounts stay with whom they are. */
export const movesNothing = ({ op }: EditShape): boolean => MOVES_NOTHING.has(op);

/** Whether the edit and what others did concern the same things: only then somebody has to decide. */
export function overlaps(edit: EditShape, touched: Touched): boolean {
  const meet = (mine: readonly (number | null | undefined)[], theirs: readonly number[]) => {
    const set = new Set(theirs);
    return mine.some((id) => typeof id === "number" && set.has(id));
  };
  if (MOVES_UNITS.has(edit.op)) return meet(edit.unit_ids ?? [], touched.unit_ids);
  if (MOVES_ACCOUNTS.has(edit.op)) return meet(edit.account_ids ?? [], touched.account_ids);
  const named = [edit.territory_id, edit.into_id, ...(edit.territory_ids ?? [])];
  if (movesNothing(edit)) return meet(named, touched.territory_ids);
  return meet(named, [...touched.territory_ids, ...touched.holder_ids]);
}

/** The edit without what others touched; null where nothing is left or it cannot be divided. */
export function untouchedPart<Edit extends EditShape>(edit: Edit, touched: Touched): Edit | null {
  const rest = (mine: readonly number[] | undefined, theirs: readonly number[]) => {
    const set = new Set(theirs);
    return (mine ?? []).filter((id) => !set.has(id));
  };
  if (MOVES_UNITS.has(edit.op)) {
    const unit_ids = rest(edit.unit_ids, touched.unit_ids);
    return unit_ids.length > 0 ? { ...edit, unit_ids } : null;
  }
  if (MOVES_ACCOUNTS.has(edit.op)) {
    const account_ids = rest(edit.account_ids, touched.account_ids);
    return account_ids.length > 0 ? { ...edit, account_ids } : null;
  }
  return null;
}
