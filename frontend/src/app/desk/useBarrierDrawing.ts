import { useState } from "react";
import type { BarrierForm, DrawnBarrier } from "@/map/tools/tool";

/** What the barrier tool is at: line or area, what was drawn last, and which barrier gets a bridge. */
export function useBarrierDrawing() {
  const [isArea, setArea] = useState(false);
  const [drawn, setDrawn] = useState<DrawnBarrier | null>(null);
  const [bridgedId, setBridgedId] = useState<number | null>(null);
  const [place, setPlace] = useState<[number, number] | null>(null);
  const drawing: BarrierForm = isArea ? "area" : "line";
  const form: BarrierForm = bridgedId === null ? drawing : "bridge";
  const clear = () => {
    setDrawn(null);
    setBridgedId(null);
    setPlace(null);
  };
  const isBusy = drawn !== null || bridgedId !== null;
  return {
    form,
    isArea,
    setArea,
    drawn,
    setDrawn,
    bridgedId,
    setBridgedId,
    place,
    setPlace,
    isBusy,
    clear,
  };
}
