import { useState } from "react";
import type { UnitMove } from "@/domain/liveTotals";
import { useMapLook } from "@/features/layers/useMapLook";
import type { Confirmation } from "@/features/tools/ConfirmDialog";
import type { AccountPick, HoverTarget, Measurement, ToolName } from "@/map/tools/tool";

export type SidePanel = "territory" | "findings" | "optimizer";
/** What lies open over the map; one at a time. */
export type MapPanel = "layers" | "search";
export type DeskDialog =
  | "create"
  | "publish"
  | "history"
  | "conflict"
  | "keys"
  | "convert"
  | "boundary"
  | null;

/** What the desk shows; what is true lives on the server. */
export function useDeskState(memberId: number) {
  const [selectedId, setSelectedId] = useState<number | null>(null);
  const [tool, setTool] = useState<ToolName>("select");
  const [brush, setBrush] = useState({ radius_px: 0, onlyUnassigned: false });
  const [sharesBorders, setSharesBorders] = useState(true);
  const [look, setLook] = useMapLook(memberId);
  const [mapPanel, setMapPanel] = useState<MapPanel | null>(null);
  const [measurement, setMeasurement] = useState<Measurement>({ points: [], isClosed: false });
  const [panel, setPanel] = useState<SidePanel>("findings");
  const [dialog, setDialog] = useState<DeskDialog>(null);
  const [focusedFindingId, setFocusedFindingId] = useState<string | null>(null);
  const [hover, setHover] = useState<HoverTarget | null>(null);
  const [strokeMoves, setStrokeMoves] = useState<readonly UnitMove[]>([]);
  const [splitId, setSplitId] = useState<number | null>(null);
  const [lassoRing, setLassoRing] = useState<[number, number][] | null>(null);
  const [picked, setPicked] = useState<AccountPick | null>(null);
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
    confirmation,
    setConfirmation,
    accountId,
    setAccountId,
    compared,
    setCompared,
  };
}

export type DeskState = ReturnType<typeof useDeskState>;
