import type { ImportResult } from "@/api/types";

interface RowGroup {
  key: "created" | "updated" | "unchanged" | "left_alone" | "skipped" | "bad";
  label: string;
  n: number;
}

interface RowAccount {
  groups: RowGroup[];
  nRows: number;
  /** Rows of the file that no group explains; anything but 0 is a fault and is shown. */
  nUnexplained: number;
}

export function accountForRows(result: ImportResult): RowAccount {
  const groups: RowGroup[] = [
    { key: "created", label: "new", n: result.n_created },
    { key: "updated", label: "changed", n: result.n_updated },
    { key: "unchanged", label: "unchanged", n: result.n_unchanged },
    ...leftAlone(result),
    { key: "skipped", label: "blank", n: result.n_skipped },
    { key: "bad", label: "left out", n: result.n_bad },
  ];
  const explained = groups.reduce((sum, group) => sum + group.n, 0);
  return { groups, nRows: result.n_rows, nUnexplained: result.n_rows - explained };
}

/** Only where the mode leaves rows alone, or did: elsewhere it would always be nothing. */
function leftAlone({ mode, n_left_alone }: ImportResult): RowGroup[] {
  if (mode !== "add" && mode !== "update" && n_left_alone === 0) return [];
  return [{ key: "left_alone", label: "left alone", n: n_left_alone }];
}

/** Rows that would be imported if the bad ones were left out. */
export function nGoodRows(result: ImportResult): number {
  return Math.max(0, result.n_rows - result.n_bad - result.n_skipped);
}
