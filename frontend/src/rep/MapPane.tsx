import { IconCurrentLocation, IconFocusCentered } from "@tabler/icons-react";
import { useRef } from "react";
import type { Bbox, MyTerritory, Session } from "@/api/types";
import type { ListedAccount, Place } from "./accountList";
import { usePocketMap } from "./usePocketMap";
import type { Location } from "./usePosition";

interface MapPaneProps {
  territories: MyTerritory[];
  listed: ListedAccount[];
  extent: Bbox | null;
  basemap: Session["basemap"];
  location: Location;
  selectedId: number | null;
  focus: Place | null;
  onPick: (ids: number[]) => void;
  onInView: (ids: ReadonlySet<number>) => void;
}

export function MapPane({ location, ...contents }: MapPaneProps) {
  const container = useRef<HTMLDivElement>(null);
  const map = usePocketMap(container, { ...contents, position: location.position });
  const { extent } = contents;

  async function showPosition() {
    const found = await location.ask();
    if (found) map.current?.focus(found);
  }

  return (
    <section className="map-pane" aria-label="Map of your territory">
      <div ref={container} className="map" />
      <div className="map-buttons">
        <button
          type="button"
          aria-label="Show the whole territory"
          onClick={() => extent && map.current?.fit(extent)}
        >
          <IconFocusCentered size={22} aria-hidden />
        </button>
        <button type="button" aria-label="Show where I am" onClick={showPosition}>
          <IconCurrentLocation size={22} aria-hidden />
        </button>
      </div>
    </section>
  );
}
