import type { Geometry } from "geojson";
import type { LabelTone } from "./layers/LabelLayer";

export type AccountLook = "territory" | "revenue" | "density" | "none";

export interface MapLook {
  accounts: AccountLook;
  /** Metric the units are shaded by; null colours them by territory. */
  unitMetric: string | null;
  hasLabels: boolean;
  hasBarriers: boolean;
  hasFindings: boolean;
}

export const DEFAULT_LOOK: MapLook = {
  accounts: "territory",
  unitMetric: null,
  hasLabels: true,
  hasBarriers: true,
  hasFindings: true,
};

export interface MapTerritory {
  id: number;
  name: string;
  colour: string;
  isLocked: boolean;
  label: { lon: number; lat: number } | null;
  note: string;
  tone: LabelTone;
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
