/** The scorecard's formulas, as published in docs/metrics.md, for figures that move while painting. */

export type BandState = "over" | "under" | "in_band" | "unknown";

/** (value − target) ÷ target; null where a target of nothing makes it meaningless. */
export function deviation(value: number, target: number): number | null {
  return target > 0 ? (value - target) / target : null;
}

export function bandState(fraction: number | null | undefined, tolerance: number): BandState {
  if (fraction === null || fraction === undefined) return "unknown";
  if (fraction > tolerance + 1e-9) return "over";
  if (fraction < -tolerance - 1e-9) return "under";
  return "in_band";
}

const BAND_SYMBOLS: Record<BandState, string> = {
  over: "▲",
  under: "▼",
  in_band: "●",
  unknown: "?",
};

const BAND_WORDS: Record<BandState, string> = {
  over: "above the band",
  under: "below the band",
  in_band: "in band",
  unknown: "not known",
};

export const bandSymbol = (state: BandState): string => BAND_SYMBOLS[state];
export const bandWord = (state: BandState): string => BAND_WORDS[state];

/** 100 × (1 − Σ|value − target| ÷ (2 × total × (1 − least share))): 100 on target, 0 when one has all. */
export function balanceIndex(values: readonly number[], targets: readonly number[]): number | null {
  const total = sum(values);
  const totalTarget = sum(targets);
  if (total <= 0 || totalTarget <= 0 || values.length !== targets.length) return null;
  if (values.length === 1) return 100;
  const leastShare = Math.min(...targets) / totalTarget;
  const scale = total / totalTarget;
  const misplaced = values.reduce(
    (carry, value, k) => carry + Math.abs(value - (targets[k] ?? 0) * scale),
    0,
  );
  return Math.max(0, 100 * (1 - misplaced / (2 * total * (1 - leastShare))));
}

/** Gini coefficient: 0 when all are equal, (n − 1) ÷ n when one has all. */
export function gini(values: readonly number[]): number | null {
  const total = sum(values);
  if (values.length === 0 || total <= 0) return null;
  const ascending = [...values].sort((a, b) => a - b);
  const weighted = ascending.reduce((carry, value, i) => carry + (i + 1) * value, 0);
  const n = ascending.length;
  return (2 * weighted) / (n * total) - (n + 1) / n;
}

/** Largest deviation by size, with its sign. */
export function worstDeviation(fractions: readonly (number | null | undefined)[]): number | null {
  let worst: number | null = null;
  for (const fraction of fractions) {
    if (fraction === null || fraction === undefined) continue;
    if (worst === null || Math.abs(fraction) > Math.abs(worst)) worst = fraction;
  }
  return worst;
}

function sum(values: readonly number[]): number {
  return values.reduce((carry, value) => carry + value, 0);
}
