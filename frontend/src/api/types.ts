import type { FeatureCollection, Geometry, MultiPolygon, Polygon } from "geojson";

export type Role = "admin" | "manager" | "ops" | "viewer" | "rep";
export type MetricKey = string;
export type Bbox = [west: number, south: number, east: number, north: number];
export type PerMetric<T> = Record<MetricKey, T>;

export interface Page<T> {
  next: string | null;
  previous: string | null;
  results: T[];
}

export interface Session {
  user: { id: number; email: string; name: string };
  member: { id: number; role: Role; rep_id: number | null };
  workspace: {
    id: number;
    name: string;
    currency: string;
    time_zone: string;
    default_tolerance: number;
  };
  workspaces: { id: number; name: string; role: Role }[];
  basemap: { url: string | null; attribution: string };
  version: string;
}

export interface Team {
  id: number;
  name: string;
  kind: "field" | "inside" | "specialist";
}

export interface MemberSummary {
  id: number;
  email: string;
  name: string;
  role: Role;
  rep_id: number | null;
}

export interface Rep {
  id: number;
  external_id: string;
  name: string;
  email: string;
  phone: string;
  team_id: number;
  home: { lon: number; lat: number } | null;
  capacity_h: number;
  field_share: number;
  is_active: boolean;
  member_id: number | null;
}

export interface TerritoryTag {
  id: number;
  name: string;
  colour: string;
}

export interface Account {
  id: number;
  external_id: string;
  name: string;
  street: string;
  city: string;
  region: string;
  postal_code: string;
  country: string;
  phone: string;
  segment: string;
  crm_owner: string;
  lon: number | null;
  lat: number | null;
  geocode_quality: string;
  revenue_minor: number | null;
  potential_minor: number | null;
  pipeline_minor: number | null;
  visits_per_year: number | null;
  service_min_per_visit: number | null;
  workload_h: number | null;
  custom_metrics: Record<string, number>;
  territory?: TerritoryTag | null;
  distance_km?: number | null;
}

export interface Metric {
  key: MetricKey;
  label: string;
  unit: string;
  version: string | number;
  aggregation: string;
  formula_url: string;
}

export type JobState = "queued" | "running" | "done" | "failed" | "cancelled";

export interface Job {
  id: number;
  kind: string;
  state: JobState;
  progress: number;
  message: string;
  detail: Record<string, unknown>;
  error: string | null;
  attempt: number;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  result_url: string | null;
}

export interface ImportColumn {
  name: string;
  samples: string[];
  field: string | null;
  confidence: number;
}

export interface ImportProblem {
  row: number;
  line: number | null;
  column: string | null;
  value: string | null;
  problem: string;
  bound: string | null;
}

export interface ImportResult {
  n_rows: number;
  n_created: number;
  n_updated: number;
  n_unchanged: number;
  n_skipped: number;
  n_bad: number;
  problems: ImportProblem[];
  n_unplotted: number;
  seconds: number;
}

export type ImportKind = "accounts" | "reps";

export interface Import {
  id: number;
  kind: ImportKind;
  filename: string;
  state: "uploaded" | "running" | "done" | "failed";
  n_rows: number | null;
  detected: { encoding: string; delimiter: string; sheet: string | null; sheets: string[] };
  columns: ImportColumn[];
  mapping: Record<string, string>;
  remembered: boolean;
  job: Job | null;
  result: ImportResult | null;
  created_at: string;
}

export interface ImportField {
  key: string;
  label: string;
  required: boolean;
  kind: string;
  description: string;
}

export interface ImportPreview {
  rows: { row: number; values: Record<string, unknown>; problems: ImportProblem[] }[];
  problems: ImportProblem[];
}

export interface ExportFormat {
  key: string;
  label: string;
  filename: string;
  description: string;
}

export interface UnitLayer {
  id: number;
  name: string;
  kind: "counties" | "h3";
  year: number | null;
  state: "building" | "ready" | "failed";
  n_units: number;
  bbox: Bbox | null;
  job: Job | null;
}

export interface UnitTable {
  layer_id: number;
  fields: string[];
  units: (number | string | null)[][];
  edges: [number, number, number][];
}

export type AlignmentState = "draft" | "proposed" | "live" | "archived";
export type Basis = "units" | "drawn";

export interface Alignment {
  id: number;
  name: string;
  team_id: number;
  team_name: string;
  basis: Basis;
  unit_layer_id: number | null;
  state: AlignmentState;
  is_proposal: boolean;
  parent_id: number | null;
  revision: number;
  effective_date: string | null;
  published_at: string | null;
  n_territories: number;
  created_at: string;
  updated_at: string;
  can_undo: { label: string } | null;
  can_redo: { label: string } | null;
  bbox: Bbox | null;
}

export interface NewAlignment {
  name: string;
  team_id: number;
  basis: Basis;
  source: "blank" | "crm_owner" | "unit_layer" | "copy";
  unit_layer_id?: number;
  copy_of?: number;
}

export interface Change {
  id: number;
  label: string;
  operation: string;
  member_name: string;
  created_at: string;
  revision_before: number;
  revision_after: number;
  is_undone: boolean;
  undoes_id: number | null;
}

export interface TerritoryTotals {
  accounts: number;
  revenue_minor: number;
  potential_minor: number;
  pipeline_minor: number;
  workload_h: number;
  travel_h: number | null;
  travel_km: number | null;
}

export interface Territory {
  id: number;
  alignment_id: number;
  code: string;
  name: string;
  colour: string;
  rep: { id: number; name: string; capacity_h: number } | null;
  target_share: number | null;
  is_locked: boolean;
  position: number;
  area_km2: number | null;
  totals: TerritoryTotals;
  label: { lon: number; lat: number } | null;
  bbox: Bbox | null;
}

export type Boundary = Polygon | MultiPolygon;

export type EditOperation =
  | {
      op: "assign_units";
      unit_ids: number[];
      territory_id: number | null;
      only_unassigned?: boolean;
    }
  | { op: "set_boundary"; territory_id: number; boundary: Boundary }
  | {
      op: "add_territory";
      name: string;
      rep_id?: number;
      colour?: string;
      unit_ids?: number[];
      boundary?: Boundary;
    }
  | { op: "remove_territory"; territory_id: number }
  | { op: "merge_territories"; territory_ids: number[]; into_id: number }
  | {
      op: "update_territory";
      territory_id: number;
      name?: string;
      colour?: string;
      rep_id?: number | null;
      target_share?: number | null;
      is_locked?: boolean;
    }
  | { op: "set_overrides"; account_ids: number[]; territory_id: number; reason: string }
  | { op: "clear_overrides"; account_ids: number[] };

export interface EditResult {
  alignment: Alignment;
  change: Change;
  territories: Territory[];
  n_accounts_moved: number;
}

export interface UnitAssignment {
  unit_ids: number[];
  territory_ids: (number | null)[];
}

export interface Selection {
  n_accounts: number;
  revenue_minor: number;
  potential_minor: number;
  workload_h: number;
  by_territory: {
    territory_id: number | null;
    n_accounts: number;
    revenue_minor: number;
    workload_h: number;
  }[];
  account_ids: number[];
  is_truncated: boolean;
}

export interface BoundaryProperties {
  name: string;
  colour: string;
  rep_name: string | null;
  is_locked: boolean;
  label_lon: number | null;
  label_lat: number | null;
}

export type Boundaries = FeatureCollection<Boundary | null, BoundaryProperties>;
export type Barriers = FeatureCollection;

export interface ScorecardMetric {
  key: MetricKey;
  label: string;
  unit: string;
  tolerance: number;
  total: number;
  unassigned: number;
  mean: number;
  min: number;
  max: number;
  cv: number | null;
  max_min_ratio: number | null;
  gini: number | null;
  balance_index: number | null;
  worst: { territory_id: number; deviation: number } | null;
  n_out_of_band: number;
  formula_url: string;
}

export interface TerritoryScore {
  territory_id: number;
  values: PerMetric<number>;
  targets: PerMetric<number | null>;
  deviations: PerMetric<number | null>;
  in_band: PerMetric<boolean | null>;
  workload_h: number;
  travel_h: number | null;
  capacity_h: number | null;
  capacity_used: number | null;
  fte: number | null;
  area_km2: number | null;
  accounts_per_km2: number | null;
  accounts_per_1000_km2: number | null;
  revenue_minor_per_km2: number | null;
  polsby_popper: number | null;
  moment_of_inertia: number | null;
  n_pieces: number | null;
  is_contiguous: boolean | null;
}

export interface Scorecard {
  alignment_id: number;
  revision: number;
  data_date: string;
  currency: string;
  metrics: ScorecardMetric[];
  balance_index: number | null;
  territories: TerritoryScore[];
  travel_source: {
    method: string;
    road_factor: number | null;
    speed_kmh: number | null;
    note: string;
  };
}

export type FindingKind =
  | "overloaded"
  | "idle"
  | "overlap"
  | "white_space"
  | "vacant"
  | "split"
  | "unplotted";

export interface Finding {
  id: string;
  kind: FindingKind;
  severity: string | number;
  title: string;
  detail: string;
  territory_ids: number[];
  n_accounts: number | null;
  revenue_minor: number | null;
  potential_minor: number | null;
  area_km2: number | null;
  geometry: Geometry | null;
  bbox: Bbox | null;
  action: { label: string; kind: string } | null;
}

export interface ComparisonSide {
  values: PerMetric<number>;
  deviations: PerMetric<number | null>;
}

export interface MetricSpread {
  cv: number | null;
  worst: { territory_id: number; deviation: number } | number | null;
  balance_index: number | null;
}

export interface Comparison {
  territories: {
    name: string;
    rep_name: string | null;
    before_id: number | null;
    after_id: number | null;
    before: ComparisonSide | null;
    after: ComparisonSide | null;
  }[];
  metrics: { key: MetricKey; before: MetricSpread; after: MetricSpread }[];
  disruption: { accounts: number; revenue: number; workload: number };
  n_accounts_moved: number;
  mean_km: { before: number | null; after: number | null };
}

export interface Snapshot {
  id: number;
  measured_on: string;
  alignment_name: string;
  metrics: PerMetric<MetricSpread>;
  balance_index: number | null;
}

export interface NewRun {
  alignment_id: number;
  metrics: { key: MetricKey; tolerance: number; is_primary?: boolean }[];
  max_moved_fraction: number | null;
  keep_overrides: boolean;
  use_homes: boolean;
  seed: number;
  from: "current" | "scratch";
}

export interface RunResult {
  is_feasible: boolean;
  status: string;
  mean_km: number | null;
  before_mean_km: number | null;
  bound_km: number | null;
  gap: number | null;
  bound_proves: string;
  seconds: number;
  n_moves: number;
  n_accounts_moved: number;
  disruption: { accounts: number; revenue: number; workload: number };
  metrics: {
    key: MetricKey;
    tolerance: number;
    before_worst: number | null;
    after_worst: number | null;
    before_index: number | null;
    after_index: number | null;
  }[];
  certificates: { code: string; detail: string; smallest_tolerance?: number | null }[];
}

export interface Run {
  id: number;
  alignment_id: number;
  base_revision: number;
  settings: Omit<NewRun, "alignment_id">;
  seed: number;
  engine_version: string;
  data_hash: string;
  state: JobState;
  job: Job | null;
  result_alignment_id: number | null;
  accepted: boolean;
  result: RunResult | null;
  created_at: string;
  member_name: string;
}

export interface Move {
  position: number;
  unit_id: number;
  unit_name: string;
  n_accounts: number;
  revenue_minor: number;
  workload_h: number;
  from_territory: TerritoryTag | null;
  to_territory: TerritoryTag | null;
  reason: string;
  effect: {
    metric: MetricKey;
    from_before: number | null;
    from_after: number | null;
    to_before: number | null;
    to_after: number | null;
  }[];
}

export interface MyTerritory {
  id: number;
  name: string;
  colour: string;
  alignment_id: number;
  alignment_name: string;
  team_name: string;
  effective_date: string | null;
  totals: TerritoryTotals;
  capacity_h: number | null;
  boundary: Boundary | null;
  bbox: Bbox | null;
}

export interface MyTerritories {
  territories: MyTerritory[];
  as_of: string;
}
