import * as L from "leaflet";
import { NOBODY_COLOUR } from "@/domain/palette";
import { segmentColour } from "@/domain/segments";
import { NOBODY, type UnitColumns, type UnitOwners } from "@/domain/units";
import type { Boundary } from "./boundary";
import { choroplethShade } from "./choropleth";
import { dotColour, fillColour, MAP_COLOURS, type Scheme } from "./colours";
import { findingShapes } from "./findingShapes";
import { AccountLayer, type AccountMode } from "./layers/AccountLayer";
import { BarrierLayer } from "./layers/BarrierLayer";
import { BasemapLayer } from "./layers/BasemapLayer";
import { HeatLayer } from "./layers/HeatLayer";
import { HexagonLayer } from "./layers/HexagonLayer";
import { LabelLayer } from "./layers/LabelLayer";
import { MovesLayer } from "./layers/MovesLayer";
import { lockPattern } from "./layers/patterns";
import type { Rectangle } from "./layers/placeLabels";
import { ReachLayer } from "./layers/ReachLayer";
import { ShapeLayer } from "./layers/ShapeLayer";
import { SketchLayer } from "./layers/SketchLayer";
import { UnitLayer, type UnitStyle } from "./layers/UnitLayer";
import {
  type BubbleMetric,
  DEFAULT_LOOK,
  type LayerName,
  type MapBarriers,
  type MapFinding,
  type MapLook,
  type MapMove,
  type MapReach,
  type MapSource,
  type MapTerritory,
} from "./look";
import { createPanes, stackPanes } from "./panes";
import { type Shape, shapeOf } from "./shapes";
import { TileSource } from "./tiles/TileSource";
import type { PointedAccount, PointedUnit } from "./tools/tool";

/** Of one account, where no unit says what is usual: money in minor units, hours a year. */
const TYPICAL: Record<BubbleMetric, number> = {
  revenue: 50_000_000,
  potential: 50_000_000,
  pipeline: 10_000_000,
  workload: 10,
};

/** All layers and what they need to know to draw themselves. */
export class LayerStack {
  boundaryShapes = new Map<number, Shape>();
  private readonly tiles: TileSource;
  private readonly basemap: BasemapLayer;
  private rasterBasemap: L.TileLayer | null = null;
  private readonly units: UnitLayer;
  private readonly choropleth: UnitLayer;
  private readonly accounts: AccountLayer;
  private readonly bubbles: AccountLayer;
  private readonly heat: HeatLayer;
  private readonly hexagons: HexagonLayer;
  private readonly shapes = new ShapeLayer("shapes");
  private readonly barrierMarks = new BarrierLayer("barriers");
  private readonly reach = new ReachLayer("reach");
  private readonly findingMarks = new ShapeLayer("findings");
  private readonly moves = new MovesLayer("moves");
  private readonly labels = new LabelLayer("labels");
  private readonly sketch = new SketchLayer("sketch", (context, unitIds) =>
    this.units.strokeUnits(context, unitIds, MAP_COLOURS[this.scheme].selected),
  );

  private look: MapLook = DEFAULT_LOOK;
  private source: MapSource | null = null;
  private owners: UnitOwners = new Map();
  private proposed: UnitOwners | null = null;
  private territories = new Map<number, MapTerritory>();
  private unitColumns: UnitColumns | null = null;
  private chosen: ReadonlySet<number> = new Set();

  constructor(
    private readonly map: L.Map,
    private scheme: Scheme,
    onTilesFailed: (status: number) => void,
  ) {
    createPanes(map, DEFAULT_LOOK.order);
    this.tiles = new TileSource(onTilesFailed);
    this.basemap = new BasemapLayer("basemap", MAP_COLOURS[scheme].basemap);
    this.units = new UnitLayer(this.tiles, "territories", this.unitStyle());
    this.choropleth = new UnitLayer(this.tiles, "choropleth", this.unitStyle());
    this.accounts = new AccountLayer(this.tiles, "accounts", this.accountStyle("none"));
    this.bubbles = new AccountLayer(this.tiles, "bubbles", this.accountStyle("bubble"));
    this.heat = new HeatLayer("heat", this.accounts);
    this.hexagons = new HexagonLayer("hexagons", this.accounts);
    this.accounts.whenDataArrives(() => {
      this.heat.redraw();
      this.hexagons.redraw();
    });
    // Units and accounts stay even where they are not to be seen: what is below the pointer comes from them.
    for (const layer of [
      this.basemap,
      this.units,
      this.accounts,
      this.shapes,
      this.reach,
      this.sketch,
    ]) {
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
    stackPanes(this.map, look.order);
    const { bubbles, heat, hexagons, moves, labels } = this;
    const optional = { bubbles, heat, hexagons, moves, labels };
    const marks = { barriers: this.barrierMarks, findings: this.findingMarks };
    for (const [name, layer] of Object.entries({ ...optional, ...marks })) {
      const { isOn, opacity } = look.layers[name as LayerName];
      this.showIf(isOn, layer);
      layer.setOpacity(opacity);
    }
    this.accounts.setOpacity(look.layers.accounts.opacity);
    this.askForAccounts();
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
    // A pane that shines through is composed apart in every frame: only where there is something to see below.
    for (const name of ["territories", "choropleth"]) {
      const pane = this.map.getPane(name);
      if (pane) pane.style.opacity = url ? "0.72" : "";
    }
  }

  setSource(source: MapSource): void {
    this.source = source;
    this.units.setSource(source.unitsUrl, "");
    this.choropleth.setSource(source.unitsUrl, "");
    this.askForAccounts();
  }

  setTerritories(territories: Map<number, MapTerritory>): void {
    this.territories = territories;
    this.restyle();
  }

  setUnits(units: UnitColumns | null): void {
    this.unitColumns = units;
    this.restyle();
  }

  setOwners(owners: UnitOwners): void {
    this.owners = owners;
    this.units.drawAll();
    this.choropleth.drawAll();
  }

  /** Fill units as another plan has them; borders, labels and tools stay with the plan that is open. */
  setProposed(proposed: UnitOwners | null): void {
    this.proposed = proposed;
    this.restyle();
  }

  /** Territories whose outline stands out. */
  setChosen(territoryIds: readonly number[]): void {
    this.chosen = new Set(territoryIds);
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

  setBarriers(barriers: MapBarriers): void {
    this.barrierMarks.setBarriers(barriers);
  }

  setReach(reach: MapReach | null): void {
    this.reach.setReach(reach);
  }

  setFindings(findings: readonly MapFinding[], focusedId: string | null): void {
    this.findingMarks.setShapes(findingShapes(findings, focusedId));
  }

  setMoves(moves: readonly MapMove[]): void {
    this.moves.setMoves(moves);
  }

  unitAt(latlng: L.LatLng): PointedUnit | null {
    return this.units.unitAt(latlng);
  }

  accountAt(latlng: L.LatLng): PointedAccount | null {
    return this.accounts.accountAt(latlng) ?? this.bubbles.accountAt(latlng);
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

  showMeasure(points: readonly L.LatLng[], isClosed: boolean): void {
    this.sketch.setMeasured(points, isClosed);
  }

  showPlace(place: L.LatLng | null): void {
    this.sketch.setPlace(place);
  }

  placeLabelsAround(covered: readonly Rectangle[] | null): void {
    this.labels.placeAround(covered);
  }

  close(): void {
    this.tiles.close();
  }

  /** Tiles with segments, or with another amount than revenue, take the server longer: only where they are shown. */
  private askForAccounts(): void {
    if (!this.source) return;
    const { accountsUrl, accountsVersion } = this.source;
    const { accountColours, bubbleMetric, layers } = this.look;
    const hasSegments = accountColours === "segment" && layers.accounts.isOn;
    const amount = bubbleMetric === "revenue" ? "" : `?amount=${bubbleMetric}`;
    this.accounts.setSource(
      `${accountsUrl}${hasSegments ? "?segments=true" : ""}`,
      accountsVersion,
    );
    this.bubbles.setSource(`${accountsUrl}${amount}`, accountsVersion);
  }

  private showIf(isShown: boolean, layer: L.Layer): void {
    if (isShown) layer.addTo(this.map);
    else layer.remove();
  }

  private restyle(): void {
    const { layers } = this.look;
    this.barrierMarks.setColours(MAP_COLOURS[this.scheme]);
    this.moves.setScheme(this.scheme);
    this.reach.setColours(MAP_COLOURS[this.scheme]);
    this.units.setStyle(this.unitStyle());
    const shaded = this.shadedStyle();
    if (shaded) this.choropleth.setStyle(shaded);
    this.showIf(shaded !== null, this.choropleth);
    const { accountColours } = this.look;
    this.accounts.setStyle(this.accountStyle(layers.accounts.isOn ? accountColours : "none"));
    this.bubbles.setStyle(this.accountStyle(layers.bubbles.isOn ? "bubble" : "none"));
    this.styleShapes();
    this.labels.setLabels(
      [...this.territories.values()].flatMap(({ id, name, isLocked, label, notes }) =>
        label
          ? [
              {
                id,
                ...label,
                title: isLocked ? `${name} (locked)` : name,
                notes,
                isSelected: this.chosen.has(id),
              },
            ]
          : [],
      ),
      MAP_COLOURS[this.scheme].labels,
    );
  }

  private styleShapes(): void {
    const colours = MAP_COLOURS[this.scheme];
    const { isOn, opacity } = this.look.layers.territories;
    this.shapes.setOpacity(isOn ? 1 : 0);
    const inOrder = [...this.boundaryShapes].sort(
      ([a], [b]) => Number(this.chosen.has(a)) - Number(this.chosen.has(b)),
    );
    this.shapes.setShapes(
      inOrder.map(([id, shape]) => {
        const territory = this.territories.get(id);
        const isSelected = this.chosen.has(id);
        return {
          shape,
          fill: fillColour(territory?.colour ?? NOBODY_COLOUR, this.scheme),
          fillAlpha: (isSelected ? 0.75 : 0.55) * opacity,
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
    const { isOn, opacity } = this.look.layers.territories;
    return {
      ownerOf: (unitId) => this.owners.get(unitId) ?? NOBODY,
      fillOf: (unitId, owner) =>
        isOn ? (fills.get(proposed?.get(unitId) ?? owner) ?? null) : null,
      fillAlpha: opacity,
      hasBorders: isOn,
      isLocked: (owner) => isOn && (this.territories.get(owner)?.isLocked ?? false),
      isChosen: (owner) => this.chosen.has(owner),
      hairline: colours.hairline,
      outline: colours.outline,
      selectedOutline: colours.selected,
    };
  }

  /** Null while there is no choropleth to show; another plan's colours go before it. */
  private shadedStyle(): UnitStyle | null {
    const { isOn, opacity } = this.look.layers.choropleth;
    if (!isOn || this.proposed) return null;
    const shade = choroplethShade(this.unitColumns, this.look.choropleth, this.scheme);
    if (!shade) return null;
    return {
      ...this.unitStyle(),
      fillOf: shade,
      fillAlpha: opacity,
      hasBorders: true,
      hairline: this.scheme === "dark" ? "rgba(16, 24, 29, 0.4)" : MAP_COLOURS.light.hairline,
    };
  }

  private accountStyle(mode: AccountMode) {
    const dots = new Map(
      [...this.territories.values()].map(({ id, colour }) => [id, dotColour(colour, this.scheme)]),
    );
    const unassigned = this.scheme === "light" ? "#7a1020" : "#ff9aa8";
    const sumOf = (metric: string) =>
      this.unitColumns?.metrics.get(metric)?.reduce((sum, value) => sum + value, 0);
    const [total, n_accounts] = [sumOf(this.look.bubbleMetric), sumOf("accounts")];
    return {
      mode,
      dotColourOf:
        mode === "segment"
          ? segmentColour
          : (territoryId: number) => dots.get(territoryId) ?? unassigned,
      halo: MAP_COLOURS[this.scheme].halo,
      typicalAmount: total && n_accounts ? total / n_accounts : TYPICAL[this.look.bubbleMetric],
    };
  }
}
