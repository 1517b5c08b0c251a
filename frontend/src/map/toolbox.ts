import {
  createCutTool,
  createDrawTool,
  createEditTool,
  type ShapeToolContext,
} from "./drawing/shapeTools";
import { createLassoTool } from "./tools/lassoTool";
import { createMeasureTool, type MeasureTool } from "./tools/measureTool";
import { createPaintTool } from "./tools/paintTool";
import { createDeleteTool, createLockTool, createMergeTool } from "./tools/pickTools";
import { createSelectTool } from "./tools/selectTool";
import type { MapTool, ToolContext, ToolName } from "./tools/tool";

export type Tools = Record<ToolName, MapTool> & { measure: MeasureTool };

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
    measure: createMeasureTool(context),
  };
}
