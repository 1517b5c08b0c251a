/** Territories by region: a tree from paths such as “South / Georgia”, with figures summed up to each region. */

import { bandState } from "./balance";
import type { MetricReading } from "./territoryView";

const SEPARATOR = " / ";

export interface RegionNode<Row> {
  /** Empty for what is in no region. */
  path: string;
  name: string;
  depth: number;
  /** Those of the regions below as well. */
  all: Row[];
  /** Those directly in it. */
  own: Row[];
  below: RegionNode<Row>[];
}

/** Regions by name; what is in none comes last. Rows stay in their order. */
export function regionTree<Row>(
  rows: readonly Row[],
  regionOf: (row: Row) => string,
): RegionNode<Row>[] {
  const roots: RegionNode<Row>[] = [];
  const known = new Map<string, RegionNode<Row>>();
  for (const row of rows) {
    const names = regionOf(row).split(SEPARATOR);
    let siblings = roots;
    names.forEach((name, depth) => {
      const path = names.slice(0, depth + 1).join(SEPARATOR);
      let node = known.get(path);
      if (!node) {
        node = { path, name: name || "No region", depth, all: [], own: [], below: [] };
        known.set(path, node);
        siblings.push(node);
      }
      node.all.push(row);
      if (depth === names.length - 1) node.own.push(row);
      siblings = node.below;
    });
  }
  for (const node of known.values()) node.below.sort(byName);
  return roots.sort(byName);
}

function byName(a: { path: string; name: string }, b: { path: string; name: string }): number {
  return Number(a.path === "") - Number(b.path === "") || a.name.localeCompare(b.name);
}

/** Sums of the territories' values and targets, and how far apart these lie; not known where one of them is not. */
export function rolledUp(parts: readonly (readonly MetricReading[])[]): MetricReading[] {
  const [first = []] = parts;
  return first.map(({ key, label, tolerance }, metric) => {
    const readings = parts.map((part) => part[metric]);
    const value = sum(readings.map((reading) => reading?.value ?? null));
    const target = sum(readings.map((reading) => reading?.target ?? null));
    const deviation = value === null || !target ? null : (value - target) / target;
    return {
      key,
      label,
      value,
      target,
      deviation,
      state: bandState(deviation, tolerance),
      tolerance,
      change: readings.reduce((carry, reading) => carry + (reading?.change ?? 0), 0),
    };
  });
}

function sum(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>(
    (carry, value) => (carry === null || value === null ? null : carry + value),
    0,
  );
}
