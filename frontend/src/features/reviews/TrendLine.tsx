import classes from "./reviews.module.css";

const WIDTH = 220;
const HEIGHT = 56;
const PAD = 5;
/** The least span of the scale, so that a steady line looks steady. */
const SPAN_MIN = 4;

interface TrendLineProps {
  /** All of it in words. */
  label: string;
  /** One for each review, oldest first. */
  values: readonly (number | null)[];
}

/** A balance index over the reviews; the scale is its own, from its lowest to its highest. */
export function TrendLine({ label, values }: TrendLineProps) {
  const known = values.flatMap((value, i) => (value === null ? [] : [{ i, value }]));
  const lowest = Math.min(...known.map(({ value }) => value));
  const highest = Math.max(...known.map(({ value }) => value));
  const middle = (lowest + highest) / 2;
  const span = Math.max(highest - lowest, SPAN_MIN);
  const x = (i: number) => PAD + (i * (WIDTH - 2 * PAD)) / Math.max(1, values.length - 1);
  const y = (value: number) => HEIGHT / 2 - ((value - middle) / span) * (HEIGHT - 2 * PAD);
  const last = known.at(-1);
  return (
    <svg
      className={classes.line}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
      preserveAspectRatio="none"
    >
      <polyline points={known.map(({ i, value }) => `${x(i)},${y(value)}`).join(" ")} />
      {last && <path d={`M${x(last.i)},${y(last.value)}h0`} />}
    </svg>
  );
}
