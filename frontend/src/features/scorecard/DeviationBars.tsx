import type { MetricReading } from "@/domain/territoryView";
import classes from "./DeviationBars.module.css";

const WIDTH = 92;
const BAR = 5;
const GAP = 3;
const FULL_SCALE = 0.5;

/** One bar a metric, from its target outward; the pale block is the band. */
export function DeviationBars({ readings }: { readings: readonly MetricReading[] }) {
  const height = readings.length * (BAR + GAP) + GAP;
  const middle = WIDTH / 2;
  const scaled = (fraction: number) =>
    (Math.max(-FULL_SCALE, Math.min(FULL_SCALE, fraction)) / FULL_SCALE) * middle;
  return (
    <svg
      className={classes.bars}
      viewBox={`0 0 ${WIDTH} ${height}`}
      height={height}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {readings.map(({ key, deviation, state, tolerance }, row) => {
        const y = GAP + row * (BAR + GAP);
        const length = scaled(deviation ?? 0);
        const band = scaled(tolerance);
        return (
          <g key={key}>
            <rect
              className={classes.band}
              x={middle - band}
              y={y - 1}
              width={band * 2}
              height={BAR + 2}
            />
            <rect
              className={classes[state]}
              x={length < 0 ? middle + length : middle}
              y={y}
              width={Math.max(1, Math.abs(length))}
              height={BAR}
              rx={1}
            />
          </g>
        );
      })}
      <line className={classes.target} x1={middle} x2={middle} y1={1} y2={height - 1} />
    </svg>
  );
}
