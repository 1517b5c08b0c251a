import type { FeatureCollection, MultiPolygon, Polygon } from "geojson";

export type Boundary = Polygon | MultiPolygon;
export type BoundaryCollection = FeatureCollection<Boundary | null>;
