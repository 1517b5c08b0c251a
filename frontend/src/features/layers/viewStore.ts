import { type BreakMethod, CLASSES_MAX, CLASSES_MIN } from "@/domain/breaks";
import { fieldsOf, readKept, type Store, writeKept } from "@/domain/kept";
import { RAMPS, type RampName } from "@/domain/ramps";
import {
  BUBBLE_METRICS,
  type ChoroplethLook,
  DEFAULT_LOOK,
  LAYER_NAMES,
  type LayerName,
  type MapLook,
} from "@/map/look";
import type { Bounds } from "@/map/MapController";

/** A way to look at the map that a person has given a name. */
export interface SavedView {
  name: string;
  look: MapLook;
  extent: Bounds;
}

const MOST_VIEWS = 50;
const METHODS: readonly BreakMethod[] = ["quantile", "natural", "equal"];

const lookKey = (memberId: number) => `territories.look.${memberId}`;
const viewsKey = (memberId: number) => `territories.views.${memberId}`;

export function loadLook(store: Store, memberId: number): MapLook {
  return lookOf(readKept(store, lookKey(memberId)));
}

export function keepLook(store: Store, memberId: number, look: MapLook): void {
  writeKept(store, lookKey(memberId), look);
}

export function loadViews(store: Store, memberId: number): SavedView[] {
  const stored = readKept(store, viewsKey(memberId));
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((item) => {
    const { name, look, extent } = fieldsOf(item);
    const isWhole = typeof name === "string" && name !== "" && isExtent(extent);
    return isWhole ? [{ name, look: lookOf(look), extent }] : [];
  });
}

export function keepViews(store: Store, memberId: number, views: readonly SavedView[]): void {
  writeKept(store, viewsKey(memberId), views);
}

/** The list with this view, in place of an older one of its name; sorted by name. */
export function withView(views: readonly SavedView[], view: SavedView): SavedView[] {
  const others = views.filter(({ name }) => name !== view.name);
  return [view, ...others].slice(0, MOST_VIEWS).sort((a, b) => a.name.localeCompare(b.name));
}

export function withoutView(views: readonly SavedView[], name: string): SavedView[] {
  return views.filter((view) => view.name !== name);
}

/** What was stored may be of an earlier version: what is not understood is as at first. */
export function lookOf(stored: unknown): MapLook {
  const { layers, order, choropleth, accountColours, bubbleMetric, labelFigures } =
    fieldsOf(stored);
  const states = fieldsOf(layers);
  return {
    layers: Object.fromEntries(
      LAYER_NAMES.map((name) => {
        const { isOn, opacity } = fieldsOf(states[name]);
        const usual = DEFAULT_LOOK.layers[name];
        return [
          name,
          {
            isOn: typeof isOn === "boolean" ? isOn : usual.isOn,
            opacity: isWithin(opacity, 0, 1) ? opacity : usual.opacity,
          },
        ];
      }),
    ) as unknown as MapLook["layers"],
    order: orderOf(order),
    choropleth: choroplethOf(choropleth),
    accountColours: accountColours === "segment" ? "segment" : DEFAULT_LOOK.accountColours,
    bubbleMetric:
      BUBBLE_METRICS.find((known) => known === bubbleMetric) ?? DEFAULT_LOOK.bubbleMetric,
    labelFigures: Array.isArray(labelFigures)
      ? labelFigures.filter((figure) => typeof figure === "string").slice(0, 2)
      : DEFAULT_LOOK.labelFigures,
  };
}

/** Every layer once: those stored as they were, new ones behind the layer they lie behind at first. */
function orderOf(stored: unknown): LayerName[] {
  const known = Array.isArray(stored) ? stored.filter(isLayerName) : [];
  const order = [...new Set(known)];
  LAYER_NAMES.forEach((name, i) => {
    if (order.includes(name)) return;
    const before = LAYER_NAMES[i - 1];
    order.splice(before ? order.indexOf(before) + 1 : 0, 0, name);
  });
  return order;
}

function choroplethOf(stored: unknown): ChoroplethLook {
  const { metric, method, n_classes, ramp } = fieldsOf(stored);
  const usual = DEFAULT_LOOK.choropleth;
  return {
    metric: typeof metric === "string" ? metric : usual.metric,
    method: METHODS.find((known) => known === method) ?? usual.method,
    n_classes:
      isWithin(n_classes, CLASSES_MIN, CLASSES_MAX) && Number.isInteger(n_classes)
        ? n_classes
        : usual.n_classes,
    ramp: typeof ramp === "string" && Object.hasOwn(RAMPS, ramp) ? (ramp as RampName) : usual.ramp,
  };
}

function isLayerName(value: unknown): value is LayerName {
  return LAYER_NAMES.some((name) => name === value);
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return typeof value === "number" && value >= least && value <= most;
}

function isExtent(value: unknown): value is Bounds {
  return Array.isArray(value) && value.length === 4 && value.every(Number.isFinite);
}
