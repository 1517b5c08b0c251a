import { useState } from "react";
import type { UnitMove } from "@/domain/liveTotals";
import type { Confirmation } from "@/features/tools/ConfirmDialog";
import { DEFAULT_LOOK, type MapLook } from "@/map/look";
import type { HoverTarget, ToolName } from "@/map/tools/tool";

export type SidePanel = "territory" | "findings" | "optimizer";
export type DeskDialog = "create" | "publish" | "history" | "conflict" | "keys" | null;

/** What the desk shows; what is true lives on the server. */
export function useDeskState() {
  const [selectedId, setSelectedId] = useState<number | null>(null);
  const [tool, setTool] = useState<ToolName>("select");
  const [brush, setBrush] = useState({ radius_px: 0, onlyUnassigned: false });
  const [look, setLook] = useState<MapLook>(DEFAULT_LOOK);
  const [labelMetric, setLabelMetric] = useState("revenue");
  const [panel, setPanel] = useState<SidePanel>("findings");
  const [dialog, setDialog] = useState<DeskDialog>(null);
  const [focusedFindingId, setFocusedFindingId] = useState<string | null>(null);
  const [hover, setHover] = useState<HoverTarget | null>(null);
  const [strokeMoves, setStrokeMoves] = useState<readonly UnitMove[]>([]);
  const [splitId, setSplitId] = useState<number | null>(null);
  const [lassoRing, setLassoRing] = useState<[number, number][] | null>(null);
  const [confirmation, setConfirmation] = useState<Confirmation | null>(null);
  const [accountId, setAccountId] = useState<number | null>(null);
  const [compared, setCompared] = useState<{ beforeId: number; afterId: number | null } | null>(
    null,
  );

  const select = (territoryId: number | null) => {
    setSelectedId(territoryId);
    if (territoryId !== null) setPanel("territory");
  };

  return {
    selectedId,
    select,
    tool,
    setTool,
    brush,
    setBrush,
    look,
    setLook,
    labelMetric,
    setLabelMetric,
    panel,
    setPanel,
    dialog,
    setDialog,
    focusedFindingId,
    setFocusedFindingId,
    hover,
    setHover,
    strokeMoves,
    setStrokeMoves,
    splitId,
    setSplitId,
    lassoRing,
    setLassoRing,
    confirmation,
    setConfirmation,
    accountId,
    setAccountId,
    compared,
    setCompared,
  };
}

export type DeskState = ReturnType<typeof useDeskState>;
