/** A unit layer in columns, ready for sums while a brush moves. */

export interface UnitColumns {
  ids: number[];
  names: string[];
  lons: Float64Array;
  lats: Float64Array;
  /** One column per balance metric, in the metric's own unit (money in minor units). */
  metrics: Map<string, Float64Array>;
  indexOf: Map<number, number>;
}

export const NOBODY = 0;

const FIELD_OF_METRIC: Record<string, string> = {
  accounts: "n_accounts",
  revenue: "revenue_minor",
  potential: "potential_minor",
  pipeline: "pipeline_minor",
  workload: "workload_h",
};

interface UnitRows {
  fields: string[];
  units: (number | string | null)[][];
}

export function unitColumns(table: UnitRows): UnitColumns {
  const column = (field: string): number => {
    const position = table.fields.indexOf(field);
    if (position < 0) throw new Error(`The unit table has no column “${field}”.`);
    return position;
  };
  const numbers = (field: string): Float64Array => {
    const position = column(field);
    return Float64Array.from(table.units, (row) => Number(row[position] ?? 0));
  };
  const idColumn = column("id");
  const nameColumn = column("name");
  const ids = table.units.map((row) => Number(row[idColumn]));
  return {
    ids,
    names: table.units.map((row) => String(row[nameColumn] ?? "")),
    lons: numbers("lon"),
    lats: numbers("lat"),
    metrics: new Map(
      Object.entries(FIELD_OF_METRIC)
        .filter(([, field]) => table.fields.includes(field))
        .map(([metric, field]) => [metric, numbers(field)]),
    ),
    indexOf: new Map(ids.map((id, index) => [id, index])),
  };
}

export type UnitOwners = Map<number, number>;

export function unitOwners(assignment: {
  unit_ids: number[];
  territory_ids: (number | null)[];
}): UnitOwners {
  return new Map(
    assignment.unit_ids.map((unitId, i) => [unitId, assignment.territory_ids[i] ?? NOBODY]),
  );
}
