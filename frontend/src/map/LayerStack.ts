import type { FeatureCollection } from "geojson";
import * as L from "leaflet";
import { CHOROPLETH_STEPS, classOf, NOBODY_COLOUR, quantileBreaks } from "@/domain/palette";
import { NOBODY, type UnitColumns, type UnitOwners } from "@/domain/units";
import type { Boundary } from "./boundary";
import { dotColour, fillColour, MAP_COLOURS, type Scheme } from "./colours";
import { findingShapes } from "./findingShapes";
import { AccountLayer } from "./layers/AccountLayer";
import { BasemapLayer } from "./layers/BasemapLayer";
import { HeatLayer } from "./layers/HeatLayer";
import { LabelLayer } from "./layers/LabelLayer";
import { lockPattern } from "./layers/patterns";
import { ShapeLayer, type StyledShape } from "./layers/ShapeLayer";
import { SketchLayer } from "./layers/SketchLayer";
import { UnitLayer, type UnitStyle } from "./layers/UnitLayer";
import {
  DEFAULT_LOOK,
  type MapFinding,
  type MapLook,
  type MapSource,
  type MapTerritory,
} from "./look";
import { createPanes } from "./panes";
import { type Shape, shapeOf } from "./shapes";
import { TileSource } from "./tiles/TileSource";
import type { PointedAccount, PointedUnit } from "./tools/tool";

/** All layers and what they need to know to draw themselves. */
export class LayerStack {
  boundaryShapes = new Map<number, Shape>();
  private readonly tiles: TileSource;
  private readonly basemap: BasemapLayer;
  private rasterBasemap: L.TileLayer | null = null;
  private readonly units: UnitLayer;
  private readonly accounts: AccountLayer;
  private readonly heat: HeatLayer;
  private readonly shapes = new ShapeLayer("shapes");
  private readonly marks = new ShapeLayer("marks");
  private readonly labels = new LabelLayer("labels");
  private readonly sketch = new SketchLayer("sketch", (context, unitIds) =>
    this.units.strokeUnits(context, unitIds, MAP_COLOURS[this.scheme].selected),
  );

  private look: MapLook = DEFAULT_LOOK;
  private owners: UnitOwners = new Map();
  private proposed: UnitOwners | null = null;
  private territories = new Map<number, MapTerritory>();
  private unitColumns: UnitColumns | null = null;
  private selectedId: number | null = null;
  private barriers: readonly Shape[] = [];
  private findings: readonly StyledShape[] = [];

  constructor(
    private readonly map: L.Map,
    private scheme: Scheme,
    onTilesFailed: (status: number) => void,
  ) {
    createPanes(map);
    this.tiles = new TileSource(onTilesFailed);
    this.basemap = new BasemapLayer("basemap", MAP_COLOURS[scheme].basemap);
    this.units = new UnitLayer(this.tiles, "units", this.unitStyle());
    this.accounts = new AccountLayer(this.tiles, "accounts", this.accountStyle());
    this.heat = new HeatLayer("heat", this.accounts);
    this.accounts.whenDataArrives(() => this.heat.redraw());
    const { basemap, units, accounts, shapes, marks, labels, sketch } = this;
    for (const layer of [basemap, units, accounts, shapes, marks, labels, sketch]) {
      layer.addTo(map);
    }
    this.setBasemap(null, "");
    this.setScheme(scheme);
  }

  setScheme(scheme: Scheme): void {
    this.scheme = scheme;
    this.basemap.setColours(MAP_COLOURS[scheme].basemap);
    this.sketch.setInk(MAP_COLOURS[scheme].ink);
    this.restyle();
  }

  setLook(look: MapLook): void {
    this.look = look;
    if (look.accounts === "density") this.heat.addTo(this.map);
    else this.heat.remove();
    if (look.hasLabels) this.labels.addTo(this.map);
    else this.labels.remove();
    this.restyle();
  }

  setBasemap(url: string | null, attribution: string): void {
    this.rasterBasemap?.remove();
    this.rasterBasemap = null;
    const bundled = "Boundaries: US Census Bureau, Natural Earth";
    if (url) {
      this.basemap.remove();
      this.rasterBasemap = L.tileLayer(url, { pane: "basemap", attribution, maxZoom: 19 });
      this.rasterBasemap.addTo(this.map);
    } else {
      this.basemap.options.attribution = bundled;
      this.basemap.remove();
      this.basemap.addTo(this.map);
    }
    const unitsPane = this.map.getPane("units");
    // A pane that shines through is composed apart in every frame: only where there is something to see below.
    if (unitsPane) unitsPane.style.opacity = url ? "0.72" : "";
  }

  setSource({ accountsUrl, unitsUrl, accountsVersion }: MapSource): void {
    this.units.setSource(unitsUrl, "");
    this.accounts.setSource(accountsUrl, accountsVersion);
  }

  setTerritories(territories: Map<number, MapTerritory>): void {
    this.territories = territories;
    this.restyle();
  }

  setUnits(units: UnitColumns | null): void {
    this.unitColumns = units;
    this.units.setStyle(this.unitStyle());
  }

  setOwners(owners: UnitOwners): void {
    this.owners = owners;
    this.units.drawAll();
  }

  /** Fill units as another plan has them; borders, labels and tools stay with the plan that is open. */
  setProposed(proposed: UnitOwners | null): void {
    this.proposed = proposed;
    this.units.setStyle(this.unitStyle());
    this.accounts.setStyle(this.accountStyle());
  }

  setSelected(territoryId: number | null): void {
    this.selectedId = territoryId;
    this.restyle();
  }

  setBoundaries(boundaries: ReadonlyMap<number, Boundary>): void {
    this.boundaryShapes = new Map();
    for (const [id, boundary] of boundaries) {
      const shape = shapeOf(boundary);
      if (shape) this.boundaryShapes.set(id, shape);
    }
    this.styleShapes();
  }

  setBarriers(barriers: FeatureCollection): void {
    this.barriers = barriers.features
      .map(({ geometry }) => shapeOf(geometry))
      .filter((shape): shape is Shape => shape !== null);
    this.showMarks();
  }

  setFindings(findings: readonly MapFinding[], focusedId: string | null): void {
    this.findings = findingShapes(findings, focusedId);
    this.showMarks();
  }

  unitAt(latlng: L.LatLng): PointedUnit | null {
    return this.units.unitAt(latlng);
  }

  accountAt(latlng: L.LatLng): PointedAccount | null {
    return this.accounts.accountAt(latlng);
  }

  showHover(unitIds: readonly number[]): void {
    this.sketch.setHovered(unitIds);
  }

  showBrush(point: { x: number; y: number } | null, radius_px: number, colour: string): void {
    this.sketch.setBrush(point && { x: point.x, y: point.y, radius_px: radius_px + 4, colour });
  }

  showPath(path: readonly L.LatLng[], isClosed: boolean): void {
    this.sketch.setPath(path, isClosed);
  }

  close(): void {
    this.tiles.close();
  }

  private showMarks(): void {
    const stroke = MAP_COLOURS[this.scheme].barrier;
    const barriers = this.barriers.map((shape) => ({
      shape,
      stroke,
      width_px: 2.5,
      dash_px: [2, 5],
    }));
    const { hasBarriers, hasFindings } = this.look;
    this.marks.setShapes([...(hasBarriers ? barriers : []), ...(hasFindings ? this.findings : [])]);
  }

  private restyle(): void {
    this.showMarks();
    this.units.setStyle(this.unitStyle());
    this.accounts.setStyle(this.accountStyle());
    this.styleShapes();
    this.labels.setLabels(
      [...this.territories.values()].flatMap(({ id, name, isLocked, label, note, tone }) =>
        label
          ? [
              {
                id,
                ...label,
                title: isLocked ? `${name} (locked)` : name,
                note,
                tone,
                isSelected: id === this.selectedId,
              },
            ]
          : [],
      ),
      MAP_COLOURS[this.scheme].labels,
    );
  }

  private styleShapes(): void {
    const colours = MAP_COLOURS[this.scheme];
    const inOrder = [...this.boundaryShapes].sort(
      ([a], [b]) => Number(a === this.selectedId) - Number(b === this.selectedId),
    );
    this.shapes.setShapes(
      inOrder.map(([id, shape]) => {
        const territory = this.territories.get(id);
        const isSelected = id === this.selectedId;
        return {
          shape,
          fill: fillColour(territory?.colour ?? NOBODY_COLOUR, this.scheme),
          fillAlpha: isSelected ? 0.75 : 0.55,
          pattern: territory?.isLocked ? (context) => lockPattern(context, 1) : null,
          stroke: isSelected ? colours.selected : colours.outline,
          width_px: isSelected ? 3.5 : 1.8,
        };
      }),
    );
  }

  private unitStyle(): UnitStyle {
    const colours = MAP_COLOURS[this.scheme];
    const fills = new Map(
      [...this.territories.values()].map(({ id, colour }) => [id, fillColour(colour, this.scheme)]),
    );
    const { proposed } = this;
    const shade = proposed ? null : this.unitShade();
    return {
      ownerOf: (unitId) => this.owners.get(unitId) ?? NOBODY,
      fillOf: (unitId, owner) =>
        shade ? shade(unitId) : (fills.get(proposed?.get(unitId) ?? owner) ?? null),
      isLocked: (owner) => this.territories.get(owner)?.isLocked ?? false,
      selectedOwner: this.selectedId,
      hairline: shade && this.scheme === "dark" ? "rgba(16, 24, 29, 0.4)" : colours.hairline,
      outline: colours.outline,
      selectedOutline: colours.selected,
    };
  }

  private unitShade(): ((unitId: number) => string | null) | null {
    const metric = this.look.unitMetric;
    const column = metric ? this.unitColumns?.metrics.get(metric) : undefined;
    const indexOf = this.unitColumns?.indexOf;
    if (!column || !indexOf) return null;
    const breaks = quantileBreaks([...column], CHOROPLETH_STEPS.length);
    return (unitId) => {
      const index = indexOf.get(unitId);
      return index === undefined
        ? null
        : (CHOROPLETH_STEPS[classOf(column[index] ?? 0, breaks)] ?? null);
    };
  }

  private accountStyle() {
    const dots = new Map(
      [...this.territories.values()].map(({ id, colour }) => [id, dotColour(colour, this.scheme)]),
    );
    const unassigned = this.scheme === "light" ? "#7a1020" : "#ff9aa8";
    const total = this.unitColumns?.metrics.get("revenue")?.reduce((sum, value) => sum + value, 0);
    const n_accounts = this.unitColumns?.metrics.get("accounts")?.reduce((sum, n) => sum + n, 0);
    const { accounts } = this.look;
    return {
      mode: accounts === "density" ? ("none" as const) : accounts,
      dotColourOf: (territoryId: number) => dots.get(territoryId) ?? unassigned,
      halo: MAP_COLOURS[this.scheme].halo,
      typicalRevenue: total && n_accounts ? total / n_accounts : 50_000_000,
    };
  }
}
