import { fieldsOf, readKept, type Store, writeKept } from "@/domain/kept";
import { FIRST_COLUMNS, NAME_COLUMN, type TableOrder } from "@/domain/territoryTable";

/** Which columns a person looks at, and in which order the rows stand. */
export interface TableLook {
  keys: readonly string[];
  order: TableOrder;
}

export const FIRST_LOOK: TableLook = {
  keys: FIRST_COLUMNS,
  order: { column: NAME_COLUMN, isDescending: false },
};

const lookKey = (memberId: number) => `territories.table.${memberId}`;

/** What was stored may be of an earlier version: what is not understood is as at first. */
export function loadTable(store: Store, memberId: number): TableLook {
  const { keys, order } = fieldsOf(readKept(store, lookKey(memberId)));
  const { column, isDescending } = fieldsOf(order);
  return {
    keys: Array.isArray(keys) ? keys.filter((key) => typeof key === "string") : FIRST_LOOK.keys,
    order:
      typeof column === "string" && typeof isDescending === "boolean"
        ? { column, isDescending }
        : FIRST_LOOK.order,
  };
}

export function keepTable(store: Store, memberId: number, look: TableLook): void {
  writeKept(store, lookKey(memberId), look);
}
