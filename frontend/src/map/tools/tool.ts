import type { UnitMove } from "@/domain/liveTotals";
import type { UnitOwners } from "@/domain/units";

export type ToolName =
  | "select"
  | "paint"
  | "lasso"
  | "draw"
  | "edit"
  | "cut"
  | "delete"
  | "merge"
  | "box"
  | "neighbour"
  | "fill"
  | "split"
  | "lock"
  | "override"
  | "barrier"
  | "measure";

export interface ToolPoint {
  /** Pixels from the map's upper left corner. */
  x: number;
  y: number;
  lon: number;
  lat: number;
  isAlt: boolean;
}

export interface PointedUnit {
  id: number;
  name: string;
}

export interface PointedAccount {
  id: number | null;
  n_accounts: number;
  revenue: number;
  territoryId: number;
}

export interface Measurement {
  points: (readonly [lon: number, lat: number])[];
  isClosed: boolean;
}

/** What the barrier tool draws, or that it puts a bridge on one. */
export type BarrierForm = "line" | "area" | "bridge";

export interface DrawnBarrier {
  points: [lon: number, lat: number][];
  isArea: boolean;
}

/** One account, or all in a loop. */
export type AccountPick = { accountId: number } | { ring: [number, number][] };

/** What the tools tell the desk. */
export interface MapEvents {
  hover(target: HoverTarget | null): void;
  selectTerritory(territoryId: number | null): void;
  selectAccount(accountId: number): void;
  /** The brush has moved: all moves of the stroke so far. */
  strokeChanged(moves: readonly UnitMove[]): void;
  /** The stroke is over; one edit. */
  strokeEnded(moves: readonly UnitMove[]): void;
  lassoClosed(ring: [number, number][]): void;
  accountsPicked(pick: AccountPick): void;
  mergePicked(fromId: number, intoId: number): void;
  lockPicked(territoryId: number): void;
  deletePicked(territoryId: number): void;
  givePicked(unitIds: readonly number[]): void;
  fillPicked(territoryId: number): void;
  /** A line across the territory, or null where another way to split it is wanted. */
  splitPicked(territoryId: number, line: [number, number][] | null): void;
  measured(measurement: Measurement): void;
  barrierDrawn(barrier: DrawnBarrier): void;
  bridgePicked(place: [lon: number, lat: number]): void;
  /** A tool could not do it, in words. */
  refused(reason: string): void;
}

export interface HoverTarget {
  point: ToolPoint;
  unit: PointedUnit | null;
  territoryId: number;
  account: PointedAccount | null;
}

/** What a tool may ask of the map and do to it. */
export interface ToolContext {
  unitAt(point: ToolPoint): PointedUnit | null;
  unitsWithin(point: ToolPoint, radius_px: number): number[];
  territoryAt(point: ToolPoint): number;
  accountAt(point: ToolPoint): PointedAccount | null;
  territoryName(territoryId: number): string;
  isLocked(territoryId: number): boolean;
  activeTerritory(): number | null;
  brush(): { radius_px: number; onlyUnassigned: boolean };
  barrierForm(): BarrierForm;
  owners(): UnitOwners;
  /** Show units as moved, without deciding anything; an empty list takes it back. */
  previewMoves(moves: readonly UnitMove[]): void;
  showBrush(point: ToolPoint | null): void;
  showPath(points: readonly ToolPoint[], isClosed: boolean): void;
  showMeasure(points: readonly ToolPoint[], isClosed: boolean): void;
  showHover(unitIds: readonly number[]): void;
  /** Between two places as the map lies now, wherever it lay when they were pointed at. */
  apart_px(a: ToolPoint, b: ToolPoint): number;
  readonly events: MapEvents;
}

/** A tool never outlives its exit: whatever it showed is gone, whatever it began is dropped. */
export interface MapTool {
  readonly name: ToolName;
  readonly cursor: string;
  /** True where a drag moves the map, so that the tool only sees clicks. */
  readonly dragMovesMap: boolean;
  enter(): void;
  exit(): void;
  down(point: ToolPoint): void;
  move(point: ToolPoint, isDown: boolean): void;
  up(point: ToolPoint): void;
  /** Drop what is under way, stay in the tool. Says whether there was anything to drop. */
  cancel(): boolean;
  leave(): void;
  /** Boundaries are others now, by the tool's own edit, an undo or somebody else. */
  groundChanged(): void;
}

/** What most tools do most of the time: nothing. */
export const idleTool = {
  enter: () => undefined,
  exit: () => undefined,
  down: () => undefined,
  move: () => undefined,
  up: () => undefined,
  cancel: () => false,
  leave: () => undefined,
  groundChanged: () => undefined,
};
