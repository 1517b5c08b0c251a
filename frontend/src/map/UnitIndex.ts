import Flatbush from "flatbush";
import { isInRing } from "@/domain/rings";
import type { UnitColumns } from "@/domain/units";
import { worldSize_px, worldX, worldY } from "./mercator";

/** Finds units by their label points: what a brush's circle or a loop holds. */
export class UnitIndex {
  private readonly tree: Flatbush | null;
  private readonly xs: Float64Array;
  private readonly ys: Float64Array;

  constructor(private readonly units: UnitColumns) {
    this.xs = units.lons.map(worldX);
    this.ys = units.lats.map(worldY);
    this.tree = units.ids.length > 0 ? new Flatbush(units.ids.length) : null;
    if (!this.tree) return;
    for (let i = 0; i < units.ids.length; i++) {
      const x = this.xs[i] ?? 0;
      const y = this.ys[i] ?? 0;
      this.tree.add(x, y, x, y);
    }
    this.tree.finish();
  }

  within(lon: number, lat: number, radius_px: number, zoom: number): number[] {
    if (!this.tree || radius_px <= 0) return [];
    const x = worldX(lon);
    const y = worldY(lat);
    const radius = radius_px / worldSize_px(zoom);
    return this.tree
      .search(x - radius, y - radius, x + radius, y + radius)
      .filter((i) => Math.hypot((this.xs[i] ?? 0) - x, (this.ys[i] ?? 0) - y) <= radius)
      .map((i) => this.units.ids[i] ?? 0);
  }

  inRing(ring: readonly (readonly [lon: number, lat: number])[]): number[] {
    if (!this.tree || ring.length === 0) return [];
    const projected = ring.map(([lon, lat]) => [worldX(lon), worldY(lat)] as const);
    const xs = projected.map(([x]) => x);
    const ys = projected.map(([, y]) => y);
    return this.tree
      .search(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys))
      .filter((i) => isInRing(this.xs[i] ?? 0, this.ys[i] ?? 0, projected))
      .map((i) => this.units.ids[i] ?? 0);
  }
}
