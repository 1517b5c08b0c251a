import { useState } from "react";
import type { UnitMove } from "@/domain/liveTotals";
import { NOTHING_CHOSEN, only, type Selection } from "@/domain/selection";
import { useMapLook } from "@/features/layers/useMapLook";
import type { AccountPick, HoverTarget, Measurement, ToolName } from "@/map/tools/tool";
import type { Confirmation } from "@/ui/ConfirmDialog";
import { useBarrierDrawing } from "./useBarrierDrawing";

export type SidePanel = "territory" | "findings" | "optimizer";
/** What lies open over the map; one at a time. */
export type MapPanel = "layers" | "search";
export type DeskDialog =
  | "create"
  | "publish"
  | "history"
  | "conflict"
  | "keys"
  | "details"
  | "convert"
  | "boundary"
  | "unitSheet"
  | null;

/** #/map/12?panel=optimizer opens with that panel. */
function panelInAddress(): SidePanel {
  const wanted = new URLSearchParams(location.hash.split("?")[1]).get("panel");
  return wanted === "optimizer" ? wanted : "findings";
}

/** What the desk shows; what is true lives on the server. */
export function useDeskState(memberId: number) {
  const [selection, setSelection] = useState<Selection>(NOTHING_CHOSEN);
  const [tool, setTool] = useState<ToolName>("select");
  const [brush, setBrush] = useState({ radius_px: 0, onlyUnassigned: false });
  const [sharesBorders, setSharesBorders] = useState(true);
  const [look, setLook] = useMapLook(memberId);
  const [mapPanel, setMapPanel] = useState<MapPanel | null>(null);
  const [measurement, setMeasurement] = useState<Measurement>({ points: [], isClosed: false });
  const [panel, setPanel] = useState<SidePanel>(panelInAddress);
  const [dialog, setDialog] = useState<DeskDialog>(null);
  const [focusedFindingId, setFocusedFindingId] = useState<string | null>(null);
  const [hover, setHover] = useState<HoverTarget | null>(null);
  const [strokeMoves, setStrokeMoves] = useState<readonly UnitMove[]>([]);
  const [splitId, setSplitId] = useState<number | null>(null);
  const [lassoRing, setLassoRing] = useState<[number, number][] | null>(null);
  const [picked, setPicked] = useState<AccountPick | null>(null);
  const barrier = useBarrierDrawing();
  const [confirmation, setConfirmation] = useState<Confirmation | null>(null);
  const [accountId, setAccountId] = useState<number | null>(null);
  const [isReachShown, setReachShown] = useState(false);
  const [isTableOpen, setTableOpen] = useState(false);
  const [compared, setCompared] = useState<{ beforeId: number; afterId: number | null } | null>(
    null,
  );

  const selectAll = (chosen: Selection) => {
    setSelection(chosen);
    if (chosen.current !== null) setPanel("territory");
  };

  return {
    selection,
    selectedId: selection.current,
    select: (territoryId: number | null) => selectAll(only(territoryId)),
    selectAll,
    tool,
    setTool,
    brush,
    setBrush,
    sharesBorders,
    setSharesBorders,
    look,
    setLook,
    mapPanel,
    setMapPanel,
    measurement,
    setMeasurement,
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
    picked,
    setPicked,
    barrier,
    confirmation,
    setConfirmation,
    accountId,
    setAccountId,
    compared,
    setCompared,
    isReachShown,
    setReachShown,
    isTableOpen,
    setTableOpen,
  };
}

export type DeskState = ReturnType<typeof useDeskState>;
