import { bandSymbol, bandWord } from "@/domain/balance";
import { formatDeviation } from "@/domain/format";
import { type MetricReading, worstReading } from "@/domain/territoryView";
import classes from "./TerritoryList.module.css";

interface WorstFigureProps {
  readings: readonly MetricReading[];
  isStale: boolean;
}

/** The deviation furthest from its target, and of what. */
export function WorstFigure({ readings, isStale }: WorstFigureProps) {
  const worst = worstReading(readings);
  const state = isStale ? "unknown" : (worst?.state ?? "unknown");
  return (
    <span className={classes.figure} data-state={state}>
      {isStale ? "?" : `${bandSymbol(state)} ${formatDeviation(worst?.deviation)}`}
      <span className={classes.what}>{worst?.label.toLowerCase() ?? ""}</span>
      <span className="visually-hidden">, {bandWord(state)}</span>
    </span>
  );
}
