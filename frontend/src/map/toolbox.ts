import type { ShapeToolContext } from "./drawing/editable";
import { createEditTool } from "./drawing/editTool";
import { createCutTool, createDrawTool } from "./drawing/shapeTools";
import { type BarrierTool, createBarrierTool } from "./tools/barrierTool";
import { createBoxTool } from "./tools/boxTool";
import { createLassoTool } from "./tools/lassoTool";
import { createMeasureTool, type MeasureTool } from "./tools/measureTool";
import { createNeighbourTool } from "./tools/neighbourTool";
import { createOverrideTool } from "./tools/overrideTool";
import { createPaintTool } from "./tools/paintTool";
import {
  createDeleteTool,
  createFillTool,
  createLockTool,
  createMergeTool,
} from "./tools/pickTools";
import { createSelectTool } from "./tools/selectTool";
import { createSplitTool } from "./tools/splitTool";
import type { MapTool, ToolContext, ToolName } from "./tools/tool";

export type Tools = Record<ToolName, MapTool> & { measure: MeasureTool; barrier: BarrierTool };

export function createTools(context: ToolContext, shapes: ShapeToolContext): Tools {
  return {
    select: createSelectTool(context),
    paint: createPaintTool(context),
    lasso: createLassoTool(context),
    draw: createDrawTool(shapes),
    edit: createEditTool(shapes),
    cut: createCutTool(shapes),
    delete: createDeleteTool(context),
    merge: createMergeTool(context),
    lock: createLockTool(context),
    override: createOverrideTool(context),
    box: createBoxTool(context),
    neighbour: createNeighbourTool(context),
    fill: createFillTool(context),
    split: createSplitTool(context),
    barrier: createBarrierTool(context),
    measure: createMeasureTool(context),
  };
}
