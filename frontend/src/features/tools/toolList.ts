import {
  IconArrowBarRight,
  IconArrowMerge,
  IconBarrierBlock,
  IconBrush,
  IconCut,
  IconDropletHalf2Filled,
  IconLasso,
  IconLock,
  IconMarquee2,
  IconPencil,
  IconPin,
  IconPointer,
  IconPolygon,
  IconRuler2,
  IconSlice,
  IconTrash,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { Basis } from "@/api/types";
import type { ToolName } from "@/map/tools/tool";

interface ToolEntry {
  name: ToolName;
  label: string;
  key: string;
  hint: string;
  icon: ComponentType<{ size?: number }>;
  /** Bases the tool makes sense on. */
  bases: readonly Basis[];
  writes: boolean;
}

const BOTH = ["units", "drawn"] as const;

export const TOOLS: readonly ToolEntry[] = [
  {
    name: "select",
    label: "Select",
    key: "v",
    hint: "Click a territory or an account. Drag to move the map.",
    icon: IconPointer,
    bases: BOTH,
    writes: false,
  },
  {
    name: "paint",
    label: "Paint",
    key: "p",
    hint: "Drag over units to give them to the selected territory. Alt + click picks another, Space pans.",
    icon: IconBrush,
    bases: ["units"],
    writes: true,
  },
  {
    name: "lasso",
    label: "Lasso",
    key: "l",
    hint: "Draw a loop to see what it holds, then decide.",
    icon: IconLasso,
    bases: BOTH,
    writes: false,
  },
  {
    name: "box",
    label: "Box",
    key: "b",
    hint: "Drag a box to see what it holds, then decide.",
    icon: IconMarquee2,
    bases: BOTH,
    writes: false,
  },
  {
    name: "neighbour",
    label: "Give",
    key: "g",
    hint: "Click a unit at a border: it goes to the neighbour with the longest shared border. You see who gains first.",
    icon: IconArrowBarRight,
    bases: ["units"],
    writes: true,
  },
  {
    name: "fill",
    label: "Fill",
    key: "f",
    hint: "Click a territory: it takes the units of nobody that it encloses.",
    icon: IconDropletHalf2Filled,
    bases: ["units"],
    writes: true,
  },
  {
    name: "split",
    label: "Split",
    key: "x",
    hint: "Drag a line across a territory, or click it to split it between two reps’ homes.",
    icon: IconSlice,
    bases: ["units"],
    writes: true,
  },
  {
    name: "draw",
    label: "Draw",
    key: "d",
    hint: "Click corner after corner; click the first one to close a new territory.",
    icon: IconPolygon,
    bases: BOTH,
    writes: true,
  },
  {
    name: "edit",
    label: "Edit",
    key: "e",
    hint: "Drag a corner, or a faint one between two to add it; right-click takes one away.",
    icon: IconPencil,
    bases: ["drawn"],
    writes: true,
  },
  {
    name: "cut",
    label: "Cut",
    key: "c",
    hint: "Draw over the selected territory; what you cover is taken out of it.",
    icon: IconCut,
    bases: ["drawn"],
    writes: true,
  },
  {
    name: "merge",
    label: "Merge",
    key: "m",
    hint: "Click the territory to take up, then the one that takes it.",
    icon: IconArrowMerge,
    bases: BOTH,
    writes: true,
  },
  {
    name: "lock",
    label: "Lock",
    key: "k",
    hint: "Click a territory to lock or unlock it. Locked ground is hatched.",
    icon: IconLock,
    bases: BOTH,
    writes: true,
  },
  {
    name: "override",
    label: "Keep",
    key: "o",
    hint: "Click an account, or draw a loop around some, to keep them with a territory whatever the map says.",
    icon: IconPin,
    bases: BOTH,
    writes: true,
  },
  {
    name: "delete",
    label: "Delete",
    key: "Delete",
    hint: "Click the territory to remove; its accounts become white space.",
    icon: IconTrash,
    bases: BOTH,
    writes: true,
  },
  {
    name: "barrier",
    label: "Barrier",
    key: "w",
    hint: "Click point after point along a river, border or ridge; Enter or a double click ends it.",
    icon: IconBarrierBlock,
    bases: BOTH,
    writes: true,
  },
  {
    name: "measure",
    label: "Measure",
    key: "r",
    hint: "Click point after point for a distance; click the first one again for an area.",
    icon: IconRuler2,
    bases: BOTH,
    writes: false,
  },
];

export function availableTools(basis: Basis | undefined, canEdit: boolean): ToolEntry[] {
  return TOOLS.filter(
    ({ bases, writes }) => basis !== undefined && bases.includes(basis) && (canEdit || !writes),
  );
}
