import { useState } from "react";
import type { MapLook } from "@/map/look";
import {
  keepLook,
  keepViews,
  loadLook,
  loadViews,
  type SavedView,
  withoutView,
  withView,
} from "./viewStore";

/** What the map shows, as this person left it in this browser. */
export function useMapLook(memberId: number): [MapLook, (look: MapLook) => void] {
  const [look, setLook] = useState(() => loadLook(localStorage, memberId));
  const change = (changed: MapLook) => {
    setLook(changed);
    keepLook(localStorage, memberId, changed);
  };
  return [look, change];
}

export function useSavedViews(memberId: number) {
  const [views, setViews] = useState(() => loadViews(localStorage, memberId));
  const change = (changed: SavedView[]) => {
    setViews(changed);
    keepViews(localStorage, memberId, changed);
  };
  return {
    views,
    save: (view: SavedView) => change(withView(views, view)),
    remove: (name: string) => change(withoutView(views, name)),
  };
}
