import { beforeEach, describe, expect, it } from "vitest";
import type { UnitMove } from "@/domain/liveTotals";
import { createBarrierTool } from "./barrierTool";
import { createLassoTool } from "./lassoTool";
import { createMeasureTool } from "./measureTool";
import { createOverrideTool } from "./overrideTool";
import { createPaintTool } from "./paintTool";
import { createDeleteTool, createMergeTool } from "./pickTools";
import { createSelectTool } from "./selectTool";
import type { BarrierForm, MapEvents, ToolContext, ToolPoint } from "./tool";

// A strip of units 10 px wide: 1 1 2 2 0 0 3 3 (3 is locked)
const OWNERS = [1, 1, 2, 2, 0, 0, 3, 3];
const LOCKED = 3;
const ACCOUNT_X = 12;
const ACCOUNT = { n_accounts: 1, revenue: 5, territoryId: 1 };

type Told = { [Name in keyof MapEvents]: Parameters<MapEvents[Name]>[] };

function at(x: number, isAlt = false): ToolPoint {
  return { x, y: 5, lon: x / 10, lat: 0.5, isAlt };
}

function strip() {
  const told: Told = {
    hover: [],
    selectTerritory: [],
    selectAccount: [],
    strokeChanged: [],
    strokeEnded: [],
    lassoClosed: [],
    accountsPicked: [],
    mergePicked: [],
    lockPicked: [],
    deletePicked: [],
    givePicked: [],
    fillPicked: [],
    splitPicked: [],
    measured: [],
    barrierDrawn: [],
    bridgePicked: [],
    refused: [],
  };
  const listen = <Name extends keyof MapEvents>(name: Name) =>
    ((...args: Parameters<MapEvents[Name]>) => {
      (told[name] as unknown[]).push(args);
    }) as MapEvents[Name];
  const shown = { moves: [] as readonly UnitMove[], path: 0 };
  const state = { active: 2 as number | null, form: "line" as BarrierForm };
  const unitIdAt = (point: ToolPoint) => Math.floor(point.x / 10) + 1;
  const context: ToolContext = {
    unitAt: (point) => ({ id: unitIdAt(point), name: `Unit ${unitIdAt(point)}` }),
    unitsWithin: () => [],
    territoryAt: (point) => OWNERS[unitIdAt(point) - 1] ?? 0,
    accountAt: (point) => (point.x === ACCOUNT_X ? { ...ACCOUNT, id: 77 } : null),
    territoryName: (id) => `Territory ${id}`,
    isLocked: (id) => id === LOCKED,
    activeTerritory: () => state.active,
    brush: () => ({ radius_px: 0, onlyUnassigned: false }),
    barrierForm: () => state.form,
    owners: () => new Map(OWNERS.map((owner, i) => [i + 1, owner])),
    previewMoves: (moves) => {
      shown.moves = moves;
    },
    showBrush: () => undefined,
    showPath: (points) => {
      shown.path = points.length;
    },
    showMeasure: () => undefined,
    showHover: () => undefined,
    apart_px: (a, b) => Math.hypot(a.x - b.x, a.y - b.y),
    events: Object.fromEntries(
      Object.keys(told).map((name) => [name, listen(name as keyof MapEvents)]),
    ) as unknown as MapEvents,
  };
  return { context, told, shown, state };
}

let map: ReturnType<typeof strip>;
beforeEach(() => {
  map = strip();
});

describe("the paint tool", () => {
  it("makes one edit of one stroke", () => {
    const tool = createPaintTool(map.context);
    tool.down(at(5));
    tool.move(at(15), true);
    tool.up(at(15));
    expect(map.told.strokeEnded).toHaveLength(1);
    expect(map.told.strokeEnded[0]?.[0].map((move) => move.unitId)).toEqual([1, 2]);
  });

  it("skips no unit when the hand is fast", () => {
    const tool = createPaintTool(map.context);
    tool.down(at(1));
    tool.move(at(58), true);
    tool.up(at(58));
    expect(map.told.strokeEnded[0]?.[0].map((move) => move.unitId)).toEqual([1, 2, 5, 6]);
  });

  it("takes a cancelled stroke back and saves nothing", () => {
    const tool = createPaintTool(map.context);
    tool.down(at(5));
    expect(map.shown.moves).toHaveLength(1);
    expect(tool.cancel()).toBe(true);
    tool.up(at(5));
    expect(map.shown.moves).toHaveLength(0);
    expect(map.told.strokeEnded).toHaveLength(0);
  });

  it("drops the stroke when the tool is left", () => {
    const tool = createPaintTool(map.context);
    tool.down(at(5));
    tool.exit();
    expect(map.shown.moves).toHaveLength(0);
  });

  it("says which territory is locked, once", () => {
    const tool = createPaintTool(map.context);
    tool.down(at(65));
    tool.move(at(75), true);
    tool.up(at(75));
    expect(map.told.refused.flat()).toEqual(["Territory 3 is locked and keeps its units."]);
    expect(map.told.strokeEnded).toHaveLength(0);
  });

  it("picks the territory below instead of painting while Alt is held", () => {
    const tool = createPaintTool(map.context);
    tool.down(at(5, true));
    tool.up(at(5, true));
    expect(map.told.selectTerritory).toEqual([[1]]);
    expect(map.told.strokeEnded).toHaveLength(0);
  });

  it("asks for a territory before it paints", () => {
    map.state.active = null;
    createPaintTool(map.context).down(at(5));
    expect(map.told.refused[0]?.[0]).toMatch(/Choose the territory/);
  });
});

describe("the lasso", () => {
  const corners: ToolPoint[] = [
    { ...at(0), y: 0, lat: 0 },
    { ...at(40), y: 0, lat: 0 },
    { ...at(40), y: 40, lat: 4 },
    { ...at(0), y: 40, lat: 4 },
  ];

  it("closes the loop it was given", () => {
    const tool = createLassoTool(map.context);
    tool.down(corners[0] as ToolPoint);
    for (const corner of corners.slice(1)) tool.move(corner, true);
    tool.up(corners[3] as ToolPoint);
    const ring = map.told.lassoClosed[0]?.[0] ?? [];
    expect(ring[0]).toEqual(ring.at(-1));
    expect(ring).toHaveLength(5);
  });

  it("refuses a loop around nothing", () => {
    const tool = createLassoTool(map.context);
    tool.down(at(5));
    tool.up(at(5));
    expect(map.told.lassoClosed).toHaveLength(0);
    expect(map.told.refused).toHaveLength(1);
    expect(map.shown.path).toBe(0);
  });

  it("is forgotten on cancel", () => {
    const tool = createLassoTool(map.context);
    tool.down(corners[0] as ToolPoint);
    tool.move(corners[1] as ToolPoint, true);
    expect(tool.cancel()).toBe(true);
    tool.up(corners[1] as ToolPoint);
    expect(map.told.lassoClosed).toHaveLength(0);
  });
});

describe("the merge tool", () => {
  it("merges the first picked into the second", () => {
    const tool = createMergeTool(map.context);
    tool.up(at(5));
    tool.up(at(25));
    expect(map.told.mergePicked).toEqual([[1, 2]]);
  });

  it("forgets its first pick when left", () => {
    const tool = createMergeTool(map.context);
    tool.up(at(5));
    tool.exit();
    tool.up(at(25));
    expect(map.told.mergePicked).toEqual([]);
  });

  it("leaves locked territories alone", () => {
    const tool = createMergeTool(map.context);
    tool.up(at(65));
    tool.up(at(5));
    expect(map.told.mergePicked).toEqual([]);
  });
});

describe("the delete tool", () => {
  it("asks only for territories that may go", () => {
    const tool = createDeleteTool(map.context);
    tool.up(at(65));
    tool.up(at(25));
    tool.up(at(45));
    expect(map.told.deletePicked).toEqual([[2]]);
    expect(map.told.refused).toHaveLength(2);
  });
});

describe("the select tool", () => {
  it("selects on a click and not at the end of a drag", () => {
    const tool = createSelectTool(map.context);
    tool.down(at(5));
    tool.up(at(25));
    expect(map.told.selectTerritory).toEqual([]);
    tool.down(at(25));
    tool.up(at(26));
    expect(map.told.selectTerritory).toEqual([[2]]);
  });

  it("deselects on ground that is nobody's", () => {
    const tool = createSelectTool(map.context);
    tool.down(at(45));
    tool.up(at(45));
    expect(map.told.selectTerritory).toEqual([[null]]);
  });
});

describe("the measure tool", () => {
  const click = (tool: ReturnType<typeof createMeasureTool>, point: ToolPoint) => {
    tool.down(point);
    tool.up(point);
  };
  const latest = () => map.told.measured.at(-1)?.[0];

  it("takes point after point, and closes on the first one", () => {
    const tool = createMeasureTool(map.context);
    for (const x of [10, 40, 70]) click(tool, at(x));
    expect(latest()).toEqual({
      points: [
        [1, 0.5],
        [4, 0.5],
        [7, 0.5],
      ],
      isClosed: false,
    });
    click(tool, at(12));
    expect(latest()?.isClosed).toBe(true);
    expect(latest()?.points).toHaveLength(3);
  });

  it("ends the path at a double click and begins anew with the next", () => {
    const tool = createMeasureTool(map.context);
    for (const x of [10, 40, 40]) click(tool, at(x));
    expect(latest()?.points).toHaveLength(2);
    click(tool, at(70));
    expect(latest()?.points).toEqual([[7, 0.5]]);
  });

  it("moves the map when dragged, and sets no point", () => {
    const tool = createMeasureTool(map.context);
    tool.down(at(10));
    tool.up(at(60));
    expect(map.told.measured).toEqual([]);
  });

  it("takes back the closing first, then the points", () => {
    const tool = createMeasureTool(map.context);
    for (const x of [10, 40, 70]) tool.add(at(x));
    tool.close();
    tool.takeBack();
    expect(latest()).toMatchObject({ isClosed: false });
    tool.takeBack();
    expect(latest()?.points).toHaveLength(2);
    expect(tool.cancel()).toBe(true);
    expect(latest()?.points).toEqual([]);
    expect(tool.cancel()).toBe(false);
  });
});

describe("keeping accounts", () => {
  it("picks the account under a click, once and not twice", () => {
    const tool = createOverrideTool(map.context);
    for (let click = 0; click < 2; click++) {
      tool.down(at(ACCOUNT_X));
      tool.up(at(ACCOUNT_X));
    }
    expect(map.told.accountsPicked.at(-1)).toEqual([{ accountId: 77 }]);
    expect(map.told.strokeEnded).toHaveLength(0);
  });

  it("picks all in a loop and keeps the loop on the map until it is left", () => {
    const tool = createOverrideTool(map.context);
    tool.down({ ...at(0), y: 0, lat: 0 });
    for (const [x, y] of [
      [40, 0],
      [40, 40],
      [0, 40],
    ] as const) {
      tool.move({ ...at(x), y, lat: y / 10 }, true);
    }
    tool.up({ ...at(0), y: 40, lat: 4 });
    const [[pick] = []] = map.told.accountsPicked;
    expect(pick && "ring" in pick && pick.ring).toHaveLength(5);
    expect(map.shown.path).toBe(4);
    tool.exit();
    expect(map.shown.path).toBe(0);
  });

  it("says so where no account is", () => {
    const tool = createOverrideTool(map.context);
    tool.down(at(30));
    tool.up(at(30));
    expect(map.told.accountsPicked).toHaveLength(0);
    expect(map.told.refused).toHaveLength(1);
  });
});

describe("the barrier tool", () => {
  const click = (tool: ReturnType<typeof createBarrierTool>, x: number) => {
    tool.down(at(x));
    tool.up(at(x));
  };
  const drawn = () => map.told.barrierDrawn.flat();

  it("ends a line at a double click, whose second click adds no point", () => {
    const tool = createBarrierTool(map.context);
    for (const x of [10, 40, 70, 70]) click(tool, x);
    const points = [
      [1, 0.5],
      [4, 0.5],
      [7, 0.5],
    ];
    expect(drawn()).toEqual([{ points, isArea: false }]);
  });

  it("ends it at Enter, and ignores clicks until that one is decided", () => {
    const tool = createBarrierTool(map.context);
    for (const x of [10, 40]) click(tool, x);
    tool.finish();
    tool.finish();
    click(tool, 70);
    expect(drawn().map(({ points }) => points.length)).toEqual([2]);
    expect(tool.cancel()).toBe(true);
    for (const x of [10, 40, 40]) click(tool, x);
    expect(drawn()).toHaveLength(2);
  });

  it("takes no double click for a barrier where nothing was begun", () => {
    const tool = createBarrierTool(map.context);
    for (const x of [10, 10]) click(tool, x);
    tool.finish();
    expect(drawn()).toEqual([]);
  });

  it("closes an area on its first point, with three corners at least", () => {
    map.state.form = "area";
    const tool = createBarrierTool(map.context);
    for (const x of [10, 40]) click(tool, x);
    tool.finish();
    expect(drawn()).toEqual([]);
    for (const x of [70, 12]) click(tool, x);
    expect(drawn().map(({ points, isArea }) => [points.length, isArea])).toEqual([[3, true]]);
  });

  it("does not take a drag of the map for a point", () => {
    const tool = createBarrierTool(map.context);
    tool.down(at(10));
    tool.up(at(60));
    expect(tool.cancel()).toBe(false);
  });

  it("sets a bridge at one click", () => {
    map.state.form = "bridge";
    const tool = createBarrierTool(map.context);
    click(tool, 30);
    expect(map.told.bridgePicked).toEqual([[[3, 0.5]]]);
    expect(tool.cancel()).toBe(false);
  });
});
