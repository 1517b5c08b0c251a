import { describe, expect, it } from "vitest";
import type { Store } from "@/domain/kept";
import { DEFAULT_LOOK, LAYER_NAMES, withLayer } from "@/map/look";
import {
  keepLook,
  keepViews,
  loadLook,
  loadViews,
  lookOf,
  type SavedView,
  withoutView,
  withView,
} from "./viewStore";

function emptyStore(): Store {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  };
}

const view = (name: string): SavedView => ({
  name,
  look: withLayer(DEFAULT_LOOK, "choropleth", { isOn: true, opacity: 0.7 }),
  extent: [-85.6, 30.4, -80.8, 35],
});

describe("what a person sees", () => {
  it("is there again, and another person's is not touched", () => {
    const store = emptyStore();
    const look = withLayer(DEFAULT_LOOK, "heat", { isOn: true, opacity: 0.4 });
    keepLook(store, 1, look);
    expect(loadLook(store, 1)).toEqual(look);
    expect(loadLook(store, 2)).toEqual(DEFAULT_LOOK);
  });

  it("is as at first where nothing can be kept", () => {
    const refusing: Store = {
      getItem: () => {
        throw new Error("denied");
      },
      setItem: () => {
        throw new Error("denied");
      },
    };
    keepLook(refusing, 1, DEFAULT_LOOK);
    expect(loadLook(refusing, 1)).toEqual(DEFAULT_LOOK);
  });
});

describe("a stored look", () => {
  it.each([null, 7, "x", [], { layers: 3, order: "labels" }])(
    "made of %j is the first one",
    (it) => {
      expect(lookOf(it)).toEqual(DEFAULT_LOOK);
    },
  );

  it("keeps its order and takes in layers that came later", () => {
    const { order } = lookOf({ order: ["territories", "labels", "gone", "labels", "accounts"] });
    expect(order.slice(0, 2)).toEqual(["territories", "labels"]);
    expect([...order].sort()).toEqual([...LAYER_NAMES].sort());
    expect(order.indexOf("bubbles")).toBe(order.indexOf("accounts") + 1);
  });

  it("with impossible settings falls back setting by setting", () => {
    const look = lookOf({
      layers: { heat: { isOn: true, opacity: 7 } },
      choropleth: { metric: "workload", method: "jenks", n_classes: 12, ramp: "toString" },
      labelFigures: ["revenue:value", 3, "accounts:value", "workload:value"],
    });
    expect(look.layers.heat).toEqual({ isOn: true, opacity: 1 });
    expect(look.choropleth).toEqual({ ...DEFAULT_LOOK.choropleth, metric: "workload" });
    expect(look.labelFigures).toEqual(["revenue:value", "accounts:value"]);
    expect(lookOf({ accountColours: "segment", bubbleMetric: "age" })).toEqual({
      ...DEFAULT_LOOK,
      accountColours: "segment",
    });
  });
});

describe("saved views", () => {
  it("come back with name, layers, opacity and extent", () => {
    const store = emptyStore();
    keepViews(store, 1, [view("Quarter")]);
    expect(loadViews(store, 1)).toEqual([view("Quarter")]);
    expect(loadViews(store, 2)).toEqual([]);
  });

  it("replace an older one of their name and stay in order", () => {
    const moved = { ...view("B"), extent: [0, 0, 1, 1] } as SavedView;
    const views = withView(withView(withView([], view("B")), view("A")), moved);
    expect(views.map(({ name }) => name)).toEqual(["A", "B"]);
    expect(views[1]).toEqual(moved);
    expect(withoutView(views, "A")).toEqual([moved]);
  });

  it("without a place on the map are left out", () => {
    const store = emptyStore();
    store.setItem("territories.views.1", JSON.stringify([{ name: "old", look: {} }, view("new")]));
    expect(loadViews(store, 1).map(({ name }) => name)).toEqual(["new"]);
  });
});
