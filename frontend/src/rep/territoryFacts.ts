import type { Bbox, MyTerritory } from "@/api/types";
import { formatCount, formatShare } from "@/domain/format";
import type { Place } from "./accountList";

export function territoryTitle(territories: MyTerritory[]): string {
  return territories.map(({ name }) => name).join(" + ");
}

/** "4,512 accounts · workload 102 %", over all territories of the rep. */
export function territorySummary(territories: MyTerritory[]): string {
  const sum = (value: (territory: MyTerritory) => number) =>
    territories.reduce((total, territory) => total + value(territory), 0);
  const n_accounts = sum(({ totals }) => totals.accounts);
  const workload_h = sum(({ totals }) => totals.workload_h);
  // One rep, one capacity: it is repeated on each territory, not split between them.
  const capacity_h = territories[0]?.capacity_h ?? 0;
  const workload =
    capacity_h > 0 ? formatShare(workload_h / capacity_h) : `${formatCount(workload_h)} h`;
  const noun = n_accounts === 1 ? "account" : "accounts";
  return `${formatCount(n_accounts)} ${noun} · workload ${workload}`;
}

export function extentOf(territories: MyTerritory[]): Bbox | null {
  const boxes = territories.map(({ bbox }) => bbox).filter((bbox) => bbox !== null);
  if (boxes.length === 0) return null;
  return [
    Math.min(...boxes.map(([west]) => west)),
    Math.min(...boxes.map(([, south]) => south)),
    Math.max(...boxes.map(([, , east]) => east)),
    Math.max(...boxes.map(([, , , north]) => north)),
  ];
}

export function centreOf([west, south, east, north]: Bbox): Place {
  return { lon: (west + east) / 2, lat: (south + north) / 2 };
}

/** The box around places, for a book of accounts without a boundary. */
export function extentOfPlaces(places: Place[]): Bbox | null {
  if (places.length === 0) return null;
  const box: Bbox = [180, 90, -180, -90];
  for (const { lon, lat } of places) {
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  }
  return box;
}
