import { useMemo, useRef } from "react";
import { useAlignmentView } from "@/api/alignmentView";
import type { Alignment } from "@/api/types";
import { territoryLabels } from "@/domain/territoryView";
import { AlignmentMap } from "@/map/AlignmentMap";
import type { Scheme } from "@/map/colours";
import { DEFAULT_LOOK, withLayer } from "@/map/look";
import type { MapController } from "@/map/MapController";

const LOOK = withLayer(DEFAULT_LOOK, "accounts", { isOn: false });

interface CompareMapProps {
  alignment: Alignment;
  label: string;
  scheme: Scheme;
  basemap: { url: string | null; attribution: string };
  currency: string;
  onReady: (controller: MapController) => () => void;
}

export function CompareMap({
  alignment,
  label,
  scheme,
  basemap,
  currency,
  onReady,
}: CompareMapProps) {
  const controllerRef = useRef<MapController | null>(null);
  const view = useAlignmentView(alignment);
  const scorecard = view.scorecard.data;
  const territories = useMemo(() => {
    const metric = scorecard?.metrics.find(({ key }) => key === "revenue") ?? scorecard?.metrics[0];
    return territoryLabels(
      view.territories.data ?? [],
      scorecard?.territories ?? [],
      metric ? [{ metric, shows: "deviation" }] : [],
      currency,
    );
  }, [view.territories.data, scorecard, currency]);
  return (
    <AlignmentMap
      label={`${label}: ${alignment.name}`}
      scheme={scheme}
      look={LOOK}
      basemap={basemap}
      source={view.source}
      territories={territories}
      units={view.units}
      owners={view.owners}
      boundaries={view.boundaries}
      selectedId={null}
      bounds={alignment.bbox}
      boundsKey={String(alignment.id)}
      events={{}}
      controllerRef={controllerRef}
      onReady={onReady}
    />
  );
}
