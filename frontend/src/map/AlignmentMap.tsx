import { type RefObject, useEffect, useEffectEvent, useRef } from "react";
import type { UnitColumns, UnitOwners } from "@/domain/units";
import classes from "./AlignmentMap.module.css";
import type { BoundaryCollection } from "./boundary";
import type { Scheme } from "./colours";
import type {
  MapBarriers,
  MapFinding,
  MapLook,
  MapMove,
  MapReach,
  MapSource,
  MapTerritory,
} from "./look";
import { type Bounds, type DeskMapEvents, MapController } from "./MapController";

interface AlignmentMapProps {
  label: string;
  isLoading?: boolean;
  scheme: Scheme;
  look: MapLook;
  basemap: { url: string | null; attribution: string };
  source: MapSource | null;
  territories: readonly MapTerritory[];
  units: UnitColumns | null;
  owners: UnitOwners;
  /** Another plan for the same units, shown as colours inside today's borders. */
  proposed?: UnitOwners | null;
  boundaries: BoundaryCollection | null;
  barriers?: MapBarriers;
  /** How far one gets from the selected territory's base. */
  reach?: MapReach;
  findings?: readonly MapFinding[];
  focusedFindingId?: string | null;
  moves?: readonly MapMove[];
  selectedId: number | null;
  /** Those outlined; the selected one is among them. */
  chosenIds?: readonly number[];
  /** Where to look first; looked at again when `boundsKey` changes. */
  bounds: Bounds | null;
  boundsKey: string;
  events: Partial<DeskMapEvents>;
  controllerRef: RefObject<MapController | null>;
  onReady?: (controller: MapController) => () => void;
}

const NO_EVENTS: DeskMapEvents = {
  hover: () => undefined,
  selectTerritory: () => undefined,
  selectAccount: () => undefined,
  strokeChanged: () => undefined,
  strokeEnded: () => undefined,
  lassoClosed: () => undefined,
  mergePicked: () => undefined,
  lockPicked: () => undefined,
  deletePicked: () => undefined,
  givePicked: () => undefined,
  fillPicked: () => undefined,
  splitPicked: () => undefined,
  measured: () => undefined,
  barrierDrawn: () => undefined,
  bridgePicked: () => undefined,
  refused: () => undefined,
  shapeDrawn: () => undefined,
  accountsPicked: () => undefined,
  cornerMoved: () => undefined,
  boundaryEdited: () => undefined,
  tilesFailed: () => undefined,
};

/** Holds one controller for its whole life and hands it what changes. */
export function AlignmentMap(props: AlignmentMapProps) {
  const holder = useRef<HTMLElement>(null);
  const { controllerRef, scheme, look, basemap, source, territories, units, owners } = props;
  const { boundaries, barriers, findings, selectedId, bounds, boundsKey } = props;
  const proposed = props.proposed ?? null;
  const focusedId = props.focusedFindingId ?? null;

  const send = useEffectEvent(
    <Name extends keyof DeskMapEvents>(name: Name, args: Parameters<DeskMapEvents[Name]>) => {
      const handler = (props.events[name] ?? NO_EVENTS[name]) as (...given: typeof args) => void;
      handler(...args);
    },
  );
  const ready = useEffectEvent((controller: MapController) => props.onReady?.(controller));

  // biome-ignore lint/correctness/useExhaustiveDependencies: the controller outlives every change of props
  useEffect(() => {
    if (!holder.current) return;
    const events = Object.fromEntries(
      (Object.keys(NO_EVENTS) as (keyof DeskMapEvents)[]).map((name) => [
        name,
        (...args: Parameters<DeskMapEvents[typeof name]>) => send(name, args),
      ]),
    ) as unknown as DeskMapEvents;
    const controller = new MapController(holder.current, events, scheme);
    controllerRef.current = controller;
    const leave = ready(controller);
    const observer = new ResizeObserver(() => controller.resized());
    observer.observe(holder.current);
    return () => {
      leave?.();
      observer.disconnect();
      controller.destroy();
      controllerRef.current = null;
    };
  }, []);

  // First where to look, then what to fetch: no tile is asked for that nobody will see.
  useSync(controllerRef, boundsKey, (map) => {
    if (bounds) map.fitBounds(bounds, { isAnimated: false });
  });
  useSync(controllerRef, scheme, (map, value) => map.setScheme(value));
  useSync(controllerRef, basemap, (map, value) => map.setBasemap(value.url, value.attribution));
  useSync(controllerRef, units, (map, value) => map.setUnits(value));
  useSync(controllerRef, look, (map, value) => map.setLook(value));
  useSync(controllerRef, territories, (map, value) => map.setTerritories(value));
  useSync(controllerRef, owners, (map, value) => map.setOwners(value));
  useSync(controllerRef, proposed, (map, value) => map.setProposed(value));
  useSync(controllerRef, boundaries, (map, value) => map.setBoundaries(value));
  useSync(controllerRef, source, (map, value) => value && map.setSource(value));
  useSync(controllerRef, barriers, (map, value) => value && map.setBarriers(value));
  useSync(controllerRef, props.reach, (map, value) => map.setReach(value ?? null));
  useSync(controllerRef, findings, (map) => map.setFindings(findings ?? [], focusedId));
  useSync(controllerRef, focusedId, (map) => map.setFindings(findings ?? [], focusedId));
  useSync(controllerRef, props.moves, (map, value) => map.setMoves(value ?? []));
  useSync(controllerRef, selectedId, (map, value) => map.setSelected(value));
  useSync(controllerRef, props.chosenIds, (map, value) => map.setChosen(value ?? []));

  return (
    <section
      ref={holder}
      className={classes.map}
      aria-label={props.label}
      aria-busy={props.isLoading || undefined}
    />
  );
}

/** Hand a value to the controller whenever it changes, and only then. */
function useSync<T>(
  controllerRef: RefObject<MapController | null>,
  value: T,
  apply: (map: MapController, value: T) => void,
): void {
  const run = useEffectEvent(apply);
  useEffect(() => {
    if (controllerRef.current) run(controllerRef.current, value);
  }, [controllerRef, value]);
}
