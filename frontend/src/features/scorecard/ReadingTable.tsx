import { bandSymbol } from "@/domain/balance";
import { formatCount, formatDeviation, formatMoney } from "@/domain/format";
import type { MetricReading } from "@/domain/territoryView";
import classes from "./ReadingTable.module.css";

const MONEY = new Set(["revenue", "potential", "pipeline"]);

interface ReadingTableProps {
  readings: readonly MetricReading[];
  currency: string;
}

/** Values, targets and, while painting, what the stroke changes. */
export function ReadingTable({ readings, currency }: ReadingTableProps) {
  const show = (key: string, value: number | null) =>
    MONEY.has(key) ? formatMoney(value, currency) : formatCount(value);
  return (
    <table className={classes.table}>
      <tbody>
        {readings.map(({ key, label, value, target, deviation, state, change }) => (
          <tr key={key}>
            <th scope="row">{label}</th>
            <td>{show(key, value)}</td>
            <td>of {show(key, target)}</td>
            <td>
              {bandSymbol(state)} {formatDeviation(deviation)}
            </td>
            {change !== 0 && (
              <td>
                ({change > 0 ? "+" : "−"}
                {show(key, Math.abs(change))})
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
