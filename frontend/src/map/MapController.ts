import "leaflet/dist/leaflet.css";
import "./map.css";
import * as L from "leaflet";
import type { CornerMove } from "@/domain/corners";
import type { UnitMove } from "@/domain/liveTotals";
import { applyMoves } from "@/domain/stroke";
import { NOBODY, type UnitColumns, type UnitOwners } from "@/domain/units";
import type { Boundary, BoundaryCollection } from "./boundary";
import { MAP_COLOURS, type Scheme } from "./colours";
import { LayerStack } from "./LayerStack";
import type { Rectangle } from "./layers/placeLabels";
import {
  DEFAULT_LOOK,
  type MapBarriers,
  type MapFinding,
  type MapLook,
  type MapMove,
  type MapPosition,
  type MapReach,
  type MapSource,
  type MapTerritory,
} from "./look";
import { worldX, worldY } from "./mercator";
import { mapPicture } from "./picture";
import { PointerLayer } from "./pointer/PointerLayer";
import { isInShape } from "./shapes";
import { createTools, type Tools } from "./toolbox";
import type { BarrierForm, MapEvents, ToolContext, ToolName, ToolPoint } from "./tools/tool";
import { UnitIndex } from "./UnitIndex";

export interface DeskMapEvents extends MapEvents {
  shapeDrawn(boundary: Boundary): void;
  cornerMoved(territoryId: number, move: CornerMove, boundary: Boundary): void;
  boundaryEdited(territoryId: number, boundary: Boundary): void;
  tilesFailed(status: number): void;
}

export type Bounds = [west: number, south: number, east: number, north: number];

const NORTH_AMERICA: Bounds = [-125, 24, -66, 50];
const DEEPEST_FIT_ZOOM = 12;

/** The one way into the map: state in, events out; Leaflet stays behind it. */
export class MapController {
  private readonly map: L.Map;
  private readonly layers: LayerStack;
  private readonly pointer: PointerLayer;
  private readonly tools: Tools;
  private territories = new Map<number, MapTerritory>();
  private owners: UnitOwners = new Map();
  private previewed: readonly UnitMove[] = [];
  private units: UnitIndex | null = null;
  private boundaries = new Map<number, Boundary>();
  private selectedId: number | null = null;
  private sharesBorders = true;
  private barrierForm: BarrierForm = "line";
  private brush = { radius_px: 0, onlyUnassigned: false };

  constructor(container: HTMLElement, events: DeskMapEvents, scheme: Scheme) {
    this.map = L.map(container, {
      zoomControl: false,
      attributionControl: true,
      boxZoom: false,
      // A fading tile is composed apart in every frame of a pan.
      fadeAnimation: false,
      zoomSnap: 0.25,
      minZoom: 3,
      maxZoom: 19,
      maxBounds: [
        [-85, -200],
        [85, 200],
      ],
      wheelPxPerZoomLevel: 90,
    });
    this.map.attributionControl.setPrefix(false);
    this.fitBounds(NORTH_AMERICA, { isAnimated: false });
    L.control
      .scale({ position: "bottomleft", imperial: false, maxWidth: 130, updateWhenIdle: true })
      .addTo(this.map);
    this.layers = new LayerStack(this.map, scheme, (status) => events.tilesFailed(status));
    this.tools = createTools(this.toolContext(events), {
      map: this.map,
      selectedBoundary: () => this.selectedBoundary(),
      neighbours: () => this.neighbours(),
      sharesBorders: () => this.sharesBorders,
      shapeDrawn: events.shapeDrawn,
      cornerMoved: events.cornerMoved,
      boundaryEdited: events.boundaryEdited,
      refused: events.refused,
    });
    this.pointer = new PointerLayer(this.map, container);
    this.pointer.setTool(this.tools.select);
  }

  setScheme(scheme: Scheme): void {
    this.layers.setScheme(scheme);
  }

  setLook(look: MapLook = DEFAULT_LOOK): void {
    this.layers.setLook(look);
  }

  setBasemap(url: string | null, attribution: string): void {
    this.layers.setBasemap(url, attribution);
  }

  setSource(source: MapSource): void {
    this.layers.setSource(source);
  }

  setTerritories(territories: readonly MapTerritory[]): void {
    this.territories = new Map(territories.map((territory) => [territory.id, territory]));
    this.layers.setTerritories(this.territories);
  }

  setUnits(units: UnitColumns | null): void {
    this.units = units ? new UnitIndex(units) : null;
    this.layers.setUnits(units);
  }

  setOwners(owners: UnitOwners): void {
    this.owners = owners;
    this.showOwners();
  }

  /** Show what an edit would move, before anybody decides. */
  showPlan(moves: readonly UnitMove[]): void {
    this.previewMoves(moves);
  }

  /** What the last stroke showed is saved or dropped: from here on the owners say it all. */
  endPreview(): void {
    if (this.previewed.length > 0) this.previewMoves([]);
  }

  setProposed(proposed: UnitOwners | null): void {
    this.layers.setProposed(proposed);
  }

  setBoundaries(collection: BoundaryCollection | null): void {
    this.boundaries = new Map();
    for (const { id, geometry } of collection?.features ?? []) {
      if (geometry) this.boundaries.set(Number(id), geometry);
    }
    this.layers.setBoundaries(this.boundaries);
    this.pointer.groundChanged();
  }

  setBarriers(barriers: MapBarriers): void {
    this.layers.setBarriers(barriers);
  }

  setReach(reach: MapReach | null): void {
    this.layers.setReach(reach);
  }

  setFindings(findings: readonly MapFinding[], focusedId: string | null): void {
    this.layers.setFindings(findings, focusedId);
  }

  setMoves(moves: readonly MapMove[]): void {
    this.layers.setMoves(moves);
  }

  /** Those that stand out on the map; tools work on the one that is selected. */
  setChosen(territoryIds: readonly number[]): void {
    this.layers.setChosen(territoryIds);
  }

  setSelected(territoryId: number | null): void {
    if (this.selectedId === territoryId) return;
    this.selectedId = territoryId;
  }

  setTool(name: ToolName): void {
    this.pointer.setTool(this.tools[name]);
  }

  setBrush(brush: { radius_px: number; onlyUnassigned: boolean }): void {
    this.brush = brush;
  }

  setBarrierForm(form: BarrierForm): void {
    this.barrierForm = form;
  }

  finishBarrier(): void {
    this.tools.barrier.finish();
  }

  /** Draw with the middle of the map as the next point, for who has no pointer. */
  barrierMiddle(): void {
    this.tools.barrier.add(this.middle());
  }

  /** Show again what is known, in place of what an edit that was refused had drawn. */
  forgetDrawn(): void {
    this.pointer.groundChanged();
  }

  /** Whether a border that two drawn territories share moves for both. */
  setSharesBorders(sharesBorders: boolean): void {
    this.sharesBorders = sharesBorders;
  }

  /** Drop what the current tool has under way. Says whether there was anything. */
  cancel(): boolean {
    return this.pointer.cancel();
  }

  /** Measure with the middle of the map as the next point, for who has no pointer. */
  measureMiddle(): void {
    this.tools.measure.add(this.middle());
  }

  closeMeasure(): void {
    this.tools.measure.close();
  }

  takeBackMeasure(): void {
    this.tools.measure.takeBack();
  }

  unitsInRing(ring: readonly (readonly [number, number])[]): number[] {
    return this.units?.inRing(ring) ?? [];
  }

  zoomBy(steps: number): void {
    this.map.zoomIn(steps);
  }

  fitBounds([west, south, east, north]: Bounds, { isAnimated = true } = {}): void {
    this.map.fitBounds(
      [
        [south, west],
        [north, east],
      ],
      { padding: [16, 16], maxZoom: DEEPEST_FIT_ZOOM, animate: isAnimated },
    );
  }

  /** Exactly this part of the map, as a saved view has it. */
  showExtent([west, south, east, north]: Bounds): void {
    const bounds = L.latLngBounds([south, west], [north, east]);
    this.map.fitBounds(bounds, { animate: false });
  }

  extent(): Bounds {
    const bounds = this.map.getBounds();
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  }

  /** Go to a place and ring it; null takes the ring away. */
  showPlace(place: { lon: number; lat: number; zoom: number } | null): void {
    this.layers.showPlace(place && L.latLng(place.lat, place.lon));
    if (place) this.setPosition(place);
  }

  /** At the middle of the map. */
  metresPerPixel(): number {
    const { x, y } = this.map.getSize().divideBy(2);
    const left = this.map.containerPointToLatLng([x - 50, y]);
    return this.map.distance(left, this.map.containerPointToLatLng([x + 50, y])) / 100;
  }

  /** The map without controls; its labels keep clear of what will be laid over the picture. */
  picture(resolution: number, covered: readonly Rectangle[]): HTMLCanvasElement {
    this.layers.placeLabelsAround(covered);
    try {
      return mapPicture(this.container, resolution);
    } finally {
      this.layers.placeLabelsAround(null);
    }
  }

  get container(): HTMLElement {
    return this.map.getContainer();
  }

  onPointed(listener: (place: { lon: number; lat: number } | null) => void): () => void {
    const moved = ({ latlng }: L.LeafletMouseEvent) =>
      listener({ lon: latlng.wrap().lng, lat: latlng.lat });
    const left = () => listener(null);
    this.map.on("mousemove", moved).on("mouseout", left);
    return () => this.map.off("mousemove", moved).off("mouseout", left);
  }

  position(): MapPosition {
    const { lng, lat } = this.map.getCenter();
    return { lon: lng, lat, zoom: this.map.getZoom() };
  }

  setPosition({ lon, lat, zoom }: MapPosition): void {
    this.map.setView([lat, lon], zoom, { animate: false });
  }

  onMoved(listener: (position: MapPosition) => void): () => void {
    const handler = () => listener(this.position());
    this.map.on("move", handler);
    return () => this.map.off("move", handler);
  }

  resized(): void {
    this.map.invalidateSize({ pan: false });
  }

  destroy(): void {
    this.pointer.close();
    this.layers.close();
    this.map.off();
    this.map.remove();
  }

  private middle(): ToolPoint {
    const { x, y } = this.map.getSize().divideBy(2);
    const { lng: lon, lat } = this.map.getCenter();
    return { x, y, lon, lat, isAlt: false };
  }

  private toolContext(events: MapEvents): ToolContext {
    const latlng = ({ lat, lon }: { lat: number; lon: number }) => L.latLng(lat, lon);
    return {
      events,
      unitAt: (point) => this.layers.unitAt(latlng(point)),
      accountAt: (point) => this.layers.accountAt(latlng(point)),
      territoryAt: (point) => this.territoryAt(point.lon, point.lat),
      unitsWithin: (point, radius_px) =>
        this.units?.within(point.lon, point.lat, radius_px, this.map.getZoom()) ?? [],
      territoryName: (id) => this.territories.get(id)?.name ?? "This territory",
      isLocked: (id) => this.territories.get(id)?.isLocked ?? false,
      activeTerritory: () => this.selectedId,
      brush: () => this.brush,
      barrierForm: () => this.barrierForm,
      owners: () => this.owners,
      previewMoves: (moves) => this.previewMoves(moves),
      showBrush: (point) => this.layers.showBrush(point, this.brush.radius_px, this.brushColour()),
      showPath: (points, isClosed) => this.layers.showPath(points.map(latlng), isClosed),
      showMeasure: (points, isClosed) => this.layers.showMeasure(points.map(latlng), isClosed),
      apart_px: (a, b) => {
        const [first, second] = [a, b].map((place) =>
          this.map.latLngToContainerPoint(latlng(place)),
        );
        return first && second ? first.distanceTo(second) : 0;
      },
      showHover: (unitIds) => this.layers.showHover(unitIds),
    };
  }

  private previewMoves(moves: readonly UnitMove[]): void {
    this.previewed = moves;
    this.showOwners();
  }

  /** Others may change the ground below a stroke: it stays on top of what they did. */
  private showOwners(): void {
    const { owners, previewed } = this;
    this.layers.setOwners(previewed.length > 0 ? applyMoves(owners, previewed) : owners);
  }

  private territoryAt(lon: number, lat: number): number {
    const unit = this.layers.unitAt(L.latLng(lat, lon));
    const owner = unit ? (this.owners.get(unit.id) ?? NOBODY) : NOBODY;
    if (owner !== NOBODY || this.boundaries.size === 0) return owner;
    const x = worldX(lon);
    const y = worldY(lat);
    const holders = [...this.layers.boundaryShapes].filter(([, shape]) => isInShape(shape, x, y));
    const selected = holders.find(([id]) => id === this.selectedId);
    return (selected ?? holders[0])?.[0] ?? NOBODY;
  }

  private brushColour(): string {
    const colour = this.selectedId === null ? null : this.territories.get(this.selectedId)?.colour;
    return colour ?? MAP_COLOURS.light.ink;
  }

  private selectedBoundary() {
    const id = this.selectedId;
    const boundary = id === null ? undefined : this.boundaries.get(id);
    return id !== null && boundary ? { territoryId: id, boundary } : null;
  }

  /** The other boundaries in view, those beside the selected one first. */
  private neighbours(): ReadonlyMap<number, Boundary> {
    const view = this.map.getBounds();
    const selected = this.selectedBoundary();
    const ground = selected && L.geoJSON(selected.boundary).getBounds();
    const others = [...this.boundaries]
      .filter(([id]) => id !== this.selectedId)
      .map(([id, boundary]) => ({ id, boundary, box: L.geoJSON(boundary).getBounds() }))
      .filter(({ box }) => view.intersects(box));
    const isBeside = ({ box }: { box: L.LatLngBounds }) => (ground?.intersects(box) ? 0 : 1);
    others.sort((a, b) => isBeside(a) - isBeside(b));
    return new Map(others.map(({ id, boundary }) => [id, boundary]));
  }
}
