/** Class limits of a choropleth: n classes need n − 1 limits, ascending; a value on a limit belongs above it. */

export type BreakMethod = "quantile" | "natural" | "equal";

export const CLASSES_MIN = 3;
export const CLASSES_MAX = 7;

/** Units with nothing are many and alike: limits come from what is above zero, the rest falls lowest. */
export function classBreaks(
  values: Iterable<number>,
  method: BreakMethod,
  n_classes: number,
): number[] {
  const ascending = Float64Array.from([...values].filter((value) => value > 0)).sort();
  if (ascending.length === 0) return [];
  const limits = {
    quantile: quantileBreaks,
    natural: naturalBreaks,
    equal: equalBreaks,
  }[method](ascending, n_classes);
  return limits.filter((limit, i) => i === 0 || limit > (limits[i - 1] ?? 0));
}

export function classOf(value: number, breaks: readonly number[]): number {
  let position = 0;
  while (position < breaks.length && value >= (breaks[position] ?? 0)) position++;
  return position;
}

/** About as many units in each class. */
function quantileBreaks(ascending: Float64Array, n_classes: number): number[] {
  return inner(n_classes).map(
    (step) => ascending[Math.floor((step / n_classes) * ascending.length)] ?? 0,
  );
}

/** Classes equally wide, from the least to the most. */
function equalBreaks(ascending: Float64Array, n_classes: number): number[] {
  const least = ascending[0] ?? 0;
  const most = ascending.at(-1) ?? least;
  if (least === most) return [least];
  return inner(n_classes).map((step) => least + ((most - least) * step) / n_classes);
}

/**
 * Classes with the least sum of squared distances from their own means (Fisher 1958, Jenks 1977), exactly.
 * The best start of the last class never moves left as values are added (Wang & Song 2011), so that
 * each row of the table is filled by halves: O(classes × n log n).
 */
function naturalBreaks(ascending: Float64Array, n_classes: number): number[] {
  const n = ascending.length;
  const n_used = Math.min(n_classes, new Set(ascending).size);
  const scatter = scatterOf(ascending);
  let costs = Float64Array.from({ length: n }, (_, end) => scatter(0, end));
  const starts: Int32Array[] = [];
  for (let row = 1; row < n_used; row++) {
    const before = costs;
    const best = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
    const start = new Int32Array(n);
    const fill = (low: number, high: number, from: number, to: number): void => {
      if (low > high) return;
      const end = (low + high) >> 1;
      for (let first = Math.max(row, from); first <= Math.min(end, to); first++) {
        const cost = (before[first - 1] ?? 0) + scatter(first, end);
        if (cost < (best[end] ?? 0)) {
          best[end] = cost;
          start[end] = first;
        }
      }
      fill(low, end - 1, from, start[end] ?? from);
      fill(end + 1, high, start[end] ?? from, to);
    };
    fill(row, n - 1, row, n - 1);
    costs = best;
    starts.push(start);
  }
  const limits: number[] = [];
  let end = n - 1;
  for (const start of starts.reverse()) {
    const first = start[end] ?? 0;
    limits.unshift(ascending[first] ?? 0);
    end = first - 1;
  }
  return limits;
}

/** Sum of squared distances from the mean over positions first … last, from running sums. */
function scatterOf(ascending: Float64Array): (first: number, last: number) => number {
  const n = ascending.length;
  // Around the middle value, so that squares of large numbers do not swallow small differences.
  const middle = ascending[n >> 1] ?? 0;
  const sums = new Float64Array(n + 1);
  const squares = new Float64Array(n + 1);
  ascending.forEach((value, i) => {
    const shifted = value - middle;
    sums[i + 1] = (sums[i] ?? 0) + shifted;
    squares[i + 1] = (squares[i] ?? 0) + shifted * shifted;
  });
  return (first, last) => {
    const sum = (sums[last + 1] ?? 0) - (sums[first] ?? 0);
    const square = (squares[last + 1] ?? 0) - (squares[first] ?? 0);
    return Math.max(0, square - (sum * sum) / (last - first + 1));
  };
}

function inner(n_classes: number): number[] {
  return Array.from({ length: n_classes - 1 }, (_, i) => i + 1);
}
