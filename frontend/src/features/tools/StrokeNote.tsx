import type { Territory } from "@/api/types";
import { formatCount, formatDeviation, formatMoney } from "@/domain/format";
import { movedAmount, type TotalsChange, type UnitMove } from "@/domain/liveTotals";
import type { UnitColumns } from "@/domain/units";
import classes from "./HoverCard.module.css";

interface StrokeNoteProps {
  moves: readonly UnitMove[];
  units: UnitColumns;
  change: TotalsChange;
  territories: readonly Territory[];
  currency: string;
}

/** What the brush holds, before it is let go. */
export function StrokeNote({ moves, units, change, territories, currency }: StrokeNoteProps) {
  const [first] = moves;
  if (!first) return null;
  const receiver = territories.find(({ id }) => id === first.to);
  const unitIndex = units.indexOf.get(first.unitId);
  const what =
    moves.length === 1 && unitIndex !== undefined
      ? units.names[unitIndex]
      : `${moves.length} units`;
  const gain = change.get(first.to)?.get("revenue") ?? 0;
  const donors = [...change].filter(([id]) => id !== first.to);
  const before_minor = receiver?.totals.revenue_minor ?? 0;
  return (
    <div className={classes.card} role="status">
      <strong>
        {what} → {receiver?.name ?? "nobody"}
      </strong>
      <div className="figures">
        {formatCount(movedAmount(moves, units, "accounts"))} accounts,{" "}
        {formatMoney(movedAmount(moves, units, "revenue"), currency)}
        {before_minor > 0 && ` (${formatDeviation(gain / before_minor, 1)} revenue)`} · Esc cancels
      </div>
      {donors.map(([id, lost]) => (
        <div key={id} className="figures">
          {territories.find((territory) => territory.id === id)?.name}: −
          {formatCount(-(lost.get("accounts") ?? 0))} accounts, −
          {formatMoney(-(lost.get("revenue") ?? 0), currency)}
        </div>
      ))}
    </div>
  );
}
