import { type RefObject, useCallback, useEffect, useRef } from "react";
import type { Bbox, MyTerritory, Session } from "@/api/types";
import { PocketMap } from "@/map/PocketMap";
import { type ListedAccount, type Place, placeOf } from "./accountList";
import { readPalette } from "./palette";
import type { Position } from "./position";

interface PocketMapContents {
  territories: MyTerritory[];
  listed: ListedAccount[];
  extent: Bbox | null;
  basemap: Session["basemap"];
  position: Position | null;
  selectedId: number | null;
  /** A new object brings its place into the middle, also when it is the same place again. */
  focus: Place | null;
  onPick: (ids: number[]) => void;
  onInView: (ids: ReadonlySet<number>) => void;
}

/** One map for as long as the page lives; what it shows follows the contents. */
export function usePocketMap(
  container: RefObject<HTMLDivElement | null>,
  contents: PocketMapContents,
): RefObject<PocketMap | null> {
  const map = useRef<PocketMap | null>(null);
  const latest = useRef(contents);
  latest.current = contents;
  const { territories, listed, extent, position, selectedId, focus } = contents;

  const tellInView = useCallback(() => {
    const { listed: all, onInView } = latest.current;
    if (!map.current) return;
    const ids = new Set<number>();
    for (const { account } of all) {
      const place = placeOf(account);
      if (place && map.current.holds(place)) ids.add(account.id);
    }
    onInView(ids);
  }, []);

  useEffect(() => {
    const element = container.current;
    if (!element) return;
    const { basemap } = latest.current;
    const created = new PocketMap(element, {
      palette: readPalette(),
      tilesUrl: basemap.url,
      attribution: basemap.attribution,
      onPick: (ids) => latest.current.onPick(ids),
      onMoved: tellInView,
    });
    map.current = created;
    const sizes = new ResizeObserver(() => created.resized());
    sizes.observe(element);
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    const recolour = () => created.setPalette(readPalette());
    scheme.addEventListener("change", recolour);
    return () => {
      sizes.disconnect();
      scheme.removeEventListener("change", recolour);
      map.current = null;
      created.remove();
    };
  }, [container, tellInView]);

  useEffect(() => map.current?.setAreas(territories), [territories]);

  useEffect(() => {
    if (extent) map.current?.fit(extent);
  }, [extent]);

  useEffect(() => {
    const points = listed.flatMap(({ account: { id, name, city, lon, lat } }) =>
      lon === null || lat === null ? [] : [{ id, name, town: city, lon, lat }],
    );
    map.current?.setPoints(points);
    tellInView();
  }, [listed, tellInView]);

  useEffect(() => map.current?.setPosition(position), [position]);
  useEffect(() => map.current?.setSelected(selectedId), [selectedId]);

  useEffect(() => {
    if (!focus) return;
    map.current?.resized();
    map.current?.focus(focus);
  }, [focus]);

  return map;
}
