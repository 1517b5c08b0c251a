import { useHotkeys } from "@mantine/hooks";
import { lazy, type RefObject, Suspense } from "react";
import type { AlignmentView } from "@/api/alignmentView";
import type { Alignment, ScorecardMetric, Territory } from "@/api/types";
import type { LayerFacts } from "@/features/layers/layerWords";
import type { Match } from "@/features/search/matches";
import type { MapController } from "@/map/MapController";
import type { DeskState } from "./useDeskState";

const LayersPanel = lazy(() =>
  import("@/features/layers/LayersPanel").then((module) => ({ default: module.LayersPanel })),
);
const SearchPanel = lazy(() =>
  import("@/features/search/SearchPanel").then((module) => ({ default: module.SearchPanel })),
);
const BarrierPanel = lazy(() =>
  import("@/features/tools/barriers/BarrierPanel").then((module) => ({
    default: module.BarrierPanel,
  })),
);
const MeasureNote = lazy(() =>
  import("@/features/measure/MeasureNote").then((module) => ({ default: module.MeasureNote })),
);

interface MapPanelsProps {
  memberId: number;
  alignment: Alignment;
  desk: DeskState;
  view: AlignmentView;
  metrics: readonly ScorecardMetric[];
  territories: readonly Territory[];
  facts: LayerFacts;
  controllerRef: RefObject<MapController | null>;
  layersButton: RefObject<HTMLButtonElement | null>;
  searchButton: RefObject<HTMLButtonElement | null>;
  /** Drop what a tool has under way. */
  onForget: () => void;
}

/** What is opened over the map now and then; fetched when it is. */
export function MapPanels(props: MapPanelsProps) {
  const { desk, view, controllerRef } = props;
  useHotkeys([["/", () => desk.setMapPanel("search")]]);
  const close = (button: RefObject<HTMLButtonElement | null>) => {
    desk.setMapPanel(null);
    button.current?.focus();
  };
  const closeSearch = () => {
    controllerRef.current?.showPlace(null);
    close(props.searchButton);
  };
  const go = (match: Match) => {
    const map = controllerRef.current;
    if (match.kind === "place") {
      map?.showPlace(match);
      return;
    }
    map?.showPlace(null);
    map?.fitBounds(match.bbox);
    if (match.kind === "territory") desk.select(match.territoryId);
  };
  return (
    <Suspense fallback={null}>
      {desk.mapPanel === "layers" && (
        <LayersPanel
          memberId={props.memberId}
          look={desk.look}
          units={view.units}
          metrics={props.metrics}
          facts={props.facts}
          extent={() => controllerRef.current?.extent()}
          onLook={desk.setLook}
          onApply={({ look, extent }) => {
            desk.setLook(look);
            controllerRef.current?.showExtent(extent);
          }}
          onClose={() => close(props.layersButton)}
        />
      )}
      {desk.mapPanel === "search" && (
        <SearchPanel
          alignmentId={props.alignment.id}
          territories={props.territories}
          units={view.units}
          onGo={go}
          onClose={closeSearch}
        />
      )}
      {desk.tool === "barrier" && (
        <BarrierPanel
          layerId={props.alignment.unit_layer_id}
          drawing={desk.barrier}
          onForget={props.onForget}
          onMiddle={() => controllerRef.current?.barrierMiddle()}
          onFinish={() => controllerRef.current?.finishBarrier()}
          onShow={(bounds) => controllerRef.current?.fitBounds(bounds)}
          onConfirm={desk.setConfirmation}
          onEnd={() => desk.setTool("select")}
        />
      )}
      {desk.tool === "measure" && (
        <MeasureNote
          measurement={desk.measurement}
          onMiddle={() => controllerRef.current?.measureMiddle()}
          onCloseShape={() => controllerRef.current?.closeMeasure()}
          onTakeBack={() => controllerRef.current?.takeBackMeasure()}
          onEnd={() => desk.setTool("select")}
        />
      )}
    </Suspense>
  );
}
