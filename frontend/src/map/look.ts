import type { FeatureCollection, Geometry, MultiPolygon } from "geojson";
import type { BreakMethod } from "@/domain/breaks";
import type { RampName } from "@/domain/ramps";
import type { LabelNote } from "./layers/LabelLayer";

/** What can be laid over the basemap, as it lies at first: the front one first. */
export const LAYER_NAMES = [
  "labels",
  "moves",
  "findings",
  "barriers",
  "accounts",
  "bubbles",
  "hexagons",
  "heat",
  "choropleth",
  "territories",
] as const;

export type LayerName = (typeof LAYER_NAMES)[number];

interface LayerState {
  isOn: boolean;
  /** 0 … 1. */
  opacity: number;
}

export interface ChoroplethLook {
  metric: string;
  method: BreakMethod;
  n_classes: number;
  ramp: RampName;
}

/** What the area of a bubble can stand for. */
export const BUBBLE_METRICS = ["revenue", "potential", "pipeline", "workload"] as const;
export type BubbleMetric = (typeof BUBBLE_METRICS)[number];

/** Lines and areas that part units. */
export type MapBarriers = FeatureCollection<Geometry, { is_hard: boolean; bridges: number[][] }>;

/** Areas within so many minutes of a place, the smallest first. */
export type MapReach = Pick<FeatureCollection<MultiPolygon, { minutes: number }>, "features"> & {
  lon: number;
  lat: number;
};

export interface MapLook {
  layers: Readonly<Record<LayerName, LayerState>>;
  /** Every layer once, the front one first. */
  order: readonly LayerName[];
  choropleth: ChoroplethLook;
  accountColours: "territory" | "segment";
  bubbleMetric: BubbleMetric;
  /** Two at most, such as "revenue:deviation" or "workload:value". */
  labelFigures: readonly string[];
}

const ON: LayerState = { isOn: true, opacity: 1 };
const OFF: LayerState = { isOn: false, opacity: 1 };

export const DEFAULT_LOOK: MapLook = {
  layers: {
    labels: ON,
    moves: OFF,
    findings: ON,
    barriers: ON,
    accounts: ON,
    bubbles: OFF,
    hexagons: { isOn: false, opacity: 0.8 },
    heat: OFF,
    choropleth: OFF,
    territories: ON,
  },
  order: LAYER_NAMES,
  choropleth: { metric: "revenue", method: "natural", n_classes: 5, ramp: "lagoon" },
  accountColours: "territory",
  bubbleMetric: "revenue",
  labelFigures: ["revenue:deviation"],
};

export function withLayer(look: MapLook, name: LayerName, change: Partial<LayerState>): MapLook {
  return { ...look, layers: { ...look.layers, [name]: { ...look.layers[name], ...change } } };
}

export interface MapTerritory {
  id: number;
  name: string;
  colour: string;
  isLocked: boolean;
  label: { lon: number; lat: number } | null;
  notes: readonly LabelNote[];
}

/** A unit that another plan gives to somebody else than the plan before it did. */
export interface MapMove {
  lon: number;
  lat: number;
  /** Of the territory that had it. */
  colour: string;
}

export interface MapFinding {
  id: string;
  kind: string;
  geometry: Geometry | null;
}

export interface MapSource {
  accountsUrl: string;
  unitsUrl: string | null;
  /** Changes whenever account tiles may have changed. */
  accountsVersion: string;
}

export interface MapPosition {
  lon: number;
  lat: number;
  zoom: number;
}
