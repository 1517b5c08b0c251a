import { bandState, bandSymbol } from "@/domain/balance";
import {
  formatCount,
  formatDeviation,
  formatMetric,
  formatNumber,
  formatShare,
  MISSING,
} from "@/domain/format";
import type { Cell, TableColumn } from "@/domain/territoryTable";

/** A cell as it stands on the screen, in the reader's locale. */
export function cellWords(
  { kind, unit }: TableColumn,
  cell: Cell,
  currency: string,
  tolerance: number,
): string {
  if (cell === null) return MISSING;
  if (typeof cell === "string") return cell;
  switch (kind) {
    case "money":
      return formatMetric(cell, "currency", currency);
    case "hours":
      return formatMetric(cell, unit, currency);
    case "share":
      return formatShare(cell);
    case "deviation":
      return `${bandSymbol(bandState(cell, tolerance))} ${formatDeviation(cell)}`;
    case "trend":
      return formatDeviation(cell);
    case "number":
      return formatNumber(cell, 2);
    default:
      return formatCount(cell);
  }
}
