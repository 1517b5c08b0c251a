import type {
  FeatureCollection,
  Geometry,
  LineString,
  MultiLineString,
  MultiPolygon,
  Polygon,
} from "geojson";
import type { components } from "./schema";

/**
 * Names for what the generated schema holds. Where OpenAPI cannot say it (GeoJSON, boxes, figures
 * by metric key) the generated type is narrowed here and nowhere else.
 */
type Schemas = components["schemas"];
type Narrowed<Wide, Fields> = Omit<Wide, keyof Fields> & Fields;

export type Bbox = [west: number, south: number, east: number, north: number];
type MetricKey = string;
type PerMetric<T> = Record<MetricKey, T>;

export interface Page<T> {
  next: string | null;
  previous: string | null;
  results: T[];
}

export type Session = Schemas["Session"];
export type Team = Schemas["Team"];
export type Rep = Schemas["Rep"];
/** A phone may hold accounts of an earlier version, so figures may be missing. */
export type Account = Narrowed<
  Schemas["AccountInAlignment"],
  { [Figure in AccountFigure]: number | null } & {
    geocode_quality: string;
    territory?: Schemas["AccountTerritory"] | null;
    distance_km?: number | null;
  }
>;
type AccountFigure =
  | "revenue_minor"
  | "potential_minor"
  | "pipeline_minor"
  | "visits_per_year"
  | "service_min_per_visit"
  | "workload_h";

export type Job = Narrowed<
  Required<Schemas["Job"]>,
  { detail: Record<string, unknown>; result?: unknown; result_url?: string | null }
>;
export type JobState = Job["state"];

export type Import = Narrowed<Schemas["Import"], { job: Job | null; undo_job: Job | null }>;
export type ImportMode = Schemas["ImportMode"];
export type ImportAbsent = Schemas["Absent"];
export type ImportUndo = Schemas["ImportUndo"];
export type ImportKind = Import["kind"];
export type Segment = Schemas["Segment"];
export type ImportColumn = Schemas["ImportColumn"];
export type ImportField = Schemas["ImportField"];
export type ImportProblem = Schemas["ImportProblem"];
export type ImportResult = Schemas["ImportResult"];
export type ImportPreview = Schemas["Preview"];
export type ExportFormat = Schemas["ExportFormat"];
export type SheetPlan = Schemas["SheetPlan"];

export type UnitLayer = Narrowed<Schemas["UnitLayer"], { bbox: Bbox | null; job: Job | null }>;

export type BoundaryFile = Schemas["BoundaryFile"];

export interface UnitTable {
  layer_id: number;
  fields: string[];
  units: (number | string | null)[][];
  edges: [number, number, number][];
}

export type Alignment = Narrowed<Schemas["Alignment"], { bbox: Bbox | null }>;
export type AlignmentState = Schemas["Alignment"]["state"];
export type Basis = Schemas["Alignment"]["basis"];
export type Conversion = Schemas["Conversion"];
export type CoverRule = Schemas["ConversionRequestRequest"]["rule"];
export type NewAlignment = Schemas["CreateAlignmentRequest"];
export type Change = Schemas["Change"];
export type Together = Schemas["Together"];
export type Person = Schemas["Person"];
export type Territory = Narrowed<Schemas["Territory"], { bbox: Bbox | null }>;
export type TrendStep = Schemas["StepOfTrend"];
export type EditOperation = Schemas["EditRequest"];
export type EditPlanAnswer = Schemas["EditPlan"];
export type AddedTerritory = Schemas["AddedTerritory"];
export type EditResult = Narrowed<
  Schemas["Edited"],
  { alignment: Alignment; territories: Territory[] }
>;
export type UnitAssignment = Schemas["AlignmentUnits"];
export type Selection = Schemas["Selection"];

export type Boundary = Polygon | MultiPolygon;
export type Boundaries = FeatureCollection<Boundary | null, Schemas["BoundaryProperties"]>;
export type BarrierShape = LineString | MultiLineString | Boundary;
export type BarrierProperties = Schemas["BarrierProperties"];
export type Barriers = FeatureCollection<BarrierShape, BarrierProperties>;
export type NewBarrier = Schemas["CreateBarrierRequest"];
export type ChangedBarrier = Schemas["PatchedChangeBarrierRequest"];
export type Parted = Schemas["Parted"];

export type ScorecardMetric = Schemas["ScorecardMetric"];
export type TerritoryScore = Narrowed<
  Schemas["TerritoryScore"],
  {
    values: PerMetric<number>;
    targets: PerMetric<number | null>;
    deviations: PerMetric<number | null>;
    in_band: PerMetric<boolean | null>;
  }
>;
export type Scorecard = Narrowed<Schemas["Scorecard"], { territories: TerritoryScore[] }>;

export type FindingKind = Finding["kind"];
export type Finding = Narrowed<
  Schemas["Finding"],
  { geometry: Geometry | null; bbox: Bbox | null }
>;

export type Report = Narrowed<Schemas["Report"], { job: Job | null }>;
export type NewReport = Schemas["CreateReportRequest"];

export type Answer = Narrowed<Schemas["Answer"], { areas: Geometry[] }>;
export type Answers = Narrowed<Schemas["Answers"], { answers: Answer[] }>;
export type FigureUnit = Schemas["FigureUnit"];

export type Proposal = Narrowed<Schemas["Proposal"], { edit: EditOperation }>;

interface ComparisonSide {
  values: PerMetric<number>;
  deviations: PerMetric<number | null>;
}
export type Comparison = Narrowed<
  Schemas["Comparison"],
  {
    territories: Narrowed<
      Schemas["ComparisonTerritory"],
      { before: ComparisonSide | null; after: ComparisonSide | null }
    >[];
  }
>;
export type Snapshot = Schemas["Snapshot"];
export type Travel = Narrowed<Schemas["Travel"], { job: Job | null }>;
export type TravelMeasurement = Schemas["TravelMeasurement"];
export type TerritoryTravel = Schemas["TerritoryTravel"];
export type Isochrones = Narrowed<
  Schemas["Isochrones"],
  { features: FeatureCollection<MultiPolygon, Schemas["IsochroneProperties"]>["features"] }
>;

export type NewRun = Schemas["NewRunRequest"];
export type RunResult = Schemas["RunResult"];
export type Run = Narrowed<Schemas["Run"], { job: Job; result: RunResult | null }>;
export type CurvePoint = Schemas["CurvePoint"];
export type Move = Schemas["Move"];
export type MovesPreview = Schemas["MovesPreview"];
export type MoveRemark = Schemas["Remark"];
export type Certificate = Schemas["Certificate"];
export type Outlook = Schemas["Outlook"];
export type BestPlan = Schemas["BestPlan"];

type TerritoryTotals = Narrowed<
  Schemas["Totals"],
  { travel_h: number | null; travel_km: number | null }
>;
export type MyTerritory = Narrowed<
  Schemas["MyTerritory"],
  {
    boundary: Boundary | null;
    bbox: Bbox | null;
    totals: TerritoryTotals;
    capacity_h: number | null;
  }
>;
export type MyTerritories = Narrowed<Schemas["MyTerritories"], { territories: MyTerritory[] }>;
