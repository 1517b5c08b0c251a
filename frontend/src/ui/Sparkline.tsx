import classes from "./Sparkline.module.css";

const WIDTH = 64;
const HEIGHT = 18;
const FULL_SCALE = 0.5;

/** Deviations from the oldest to today's; the straight line is the target, the top half as much again. */
export function Sparkline({ values }: { values: readonly number[] }) {
  const x = (i: number) => 2 + (i * (WIDTH - 4)) / Math.max(1, values.length - 1);
  const y = (value: number) => {
    const share = Math.max(-FULL_SCALE, Math.min(FULL_SCALE, value)) / FULL_SCALE;
    return HEIGHT / 2 - share * (HEIGHT / 2 - 2);
  };
  const points = values.map((value, i) => `${x(i)},${y(value)}`).join(" ");
  const last = values.length - 1;
  return (
    <svg className={classes.spark} width={WIDTH} height={HEIGHT} aria-hidden="true">
      <line x1={0} x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} />
      <polyline points={points} />
      <circle cx={x(last)} cy={y(values[last] ?? 0)} r={2} />
    </svg>
  );
}
