import { describe, expect, it } from "vitest";
import { type BreakMethod, classBreaks, classOf } from "./breaks";

describe("quantile classes", () => {
  it("hold about as many units each", () => {
    const values = Array.from({ length: 100 }, (_, i) => i + 1);
    const breaks = classBreaks(values, "quantile", 4);
    expect(breaks).toEqual([26, 51, 76]);
    expect(classOf(1, breaks)).toBe(0);
    expect(classOf(51, breaks)).toBe(2);
    expect(classOf(1000, breaks)).toBe(3);
  });

  it("merge limits that repeat", () => {
    expect(classBreaks([5, 5, 5, 5], "quantile", 4)).toEqual([5]);
  });
});

describe("equal classes", () => {
  it("are equally wide from the least to the most", () => {
    expect(classBreaks([10, 12, 90], "equal", 4)).toEqual([30, 50, 70]);
  });
});

describe("natural classes", () => {
  it("break where the gaps are", () => {
    expect(classBreaks([1, 2, 3, 40, 41, 100, 101, 102], "natural", 3)).toEqual([40, 100]);
  });

  it("scatter as little as the best of all divisions tried one by one", () => {
    for (let seed = 1; seed <= 30; seed++) {
      const values = drawn(seed, 11);
      for (const n_classes of [3, 4, 5]) {
        const found = scatter(values, classBreaks(values, "natural", n_classes));
        expect(found, `seed ${seed}, ${n_classes} classes`).toBeCloseTo(
          leastScatter(values, n_classes),
          6,
        );
      }
    }
  });

  it("need no more classes than there are different values", () => {
    expect(classBreaks([4, 4, 9], "natural", 5)).toEqual([9]);
  });
});

describe("all methods", () => {
  it.each(["quantile", "natural", "equal"] as BreakMethod[])("%s ignores empty units", (method) => {
    const values = [1, 2, 5, 9, 20, 50];
    expect(classBreaks([0, 0, 0, ...values], method, 3)).toEqual(classBreaks(values, method, 3));
    expect(classBreaks([0, 0], method, 5)).toEqual([]);
  });
});

/** The same values for the same seed, skewed as revenue is. */
function drawn(seed: number, n: number): number[] {
  let state = seed;
  return Array.from({ length: n }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return Math.round((state / 2_147_483_647) ** 3 * 1000) + 1;
  });
}

function scatter(values: readonly number[], breaks: readonly number[]): number {
  const classes = Array.from({ length: breaks.length + 1 }, (_, i) =>
    values.filter((value) => classOf(value, breaks) === i),
  );
  return classes.reduce((sum, held) => {
    const mean = held.reduce((total, value) => total + value, 0) / held.length;
    return sum + held.reduce((total, value) => total + (value - mean) ** 2, 0);
  }, 0);
}

function leastScatter(values: readonly number[], n_classes: number): number {
  const different = [...new Set(values)].sort((a, b) => a - b);
  const tryAll = (chosen: number[], from: number): number => {
    if (chosen.length === n_classes - 1) return scatter(values, chosen);
    let least = scatter(values, chosen);
    for (let i = from; i < different.length; i++) {
      least = Math.min(least, tryAll([...chosen, different[i] ?? 0], i + 1));
    }
    return least;
  };
  return tryAll([], 1);
}
