import { classBreaks, classOf } from "@/domain/breaks";
import { rampColours } from "@/domain/ramps";
import type { UnitColumns } from "@/domain/units";
import type { Scheme } from "./colours";
import type { ChoroplethLook } from "./look";

export interface Choropleth {
  /** One less than there are colours, ascending. */
  breaks: number[];
  colours: string[];
}

/** Limits and colours of the classes that there are; fewer than asked for where values repeat. */
export function choroplethClasses(
  units: UnitColumns | null,
  { metric, method, n_classes, ramp }: ChoroplethLook,
  scheme: Scheme,
): Choropleth | null {
  const column = units?.metrics.get(metric);
  if (!column) return null;
  const breaks = classBreaks(column, method, n_classes);
  return { breaks, colours: rampColours(ramp, breaks.length + 1, scheme === "dark") };
}

/** The colour of each unit, or null where the units have no such metric. */
export function choroplethShade(
  units: UnitColumns | null,
  look: ChoroplethLook,
  scheme: Scheme,
): ((unitId: number) => string | null) | null {
  const classes = choroplethClasses(units, look, scheme);
  const column = units?.metrics.get(look.metric);
  if (!units || !classes || !column) return null;
  return (unitId) => {
    const index = units.indexOf.get(unitId);
    if (index === undefined) return null;
    return classes.colours[classOf(column[index] ?? 0, classes.breaks)] ?? null;
  };
}
