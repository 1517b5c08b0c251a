import { Button, CloseButton, Group, Paper, Text } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import type { ScorecardMetric } from "@/api/types";
import type { UnitColumns } from "@/domain/units";
import { DEFAULT_LOOK, type LayerName, type MapLook } from "@/map/look";
import type { Bounds } from "@/map/MapController";
import { AccountColourField, BubbleField } from "./AccountFields";
import { ChoroplethFields } from "./ChoroplethFields";
import { LabelFields } from "./LabelFields";
import { LayerRow } from "./LayerRow";
import classes from "./LayersPanel.module.css";
import { type LayerFacts, whyEmpty } from "./layerWords";
import { SavedViews } from "./SavedViews";
import type { SavedView } from "./viewStore";

interface LayersPanelProps {
  memberId: number;
  look: MapLook;
  units: UnitColumns | null;
  metrics: readonly ScorecardMetric[];
  facts: LayerFacts;
  extent: () => Bounds | undefined;
  onLook: (look: MapLook) => void;
  onApply: (view: SavedView) => void;
  onClose: () => void;
}

/** Stays open beside the map, so that every choice is seen at once. */
export function LayersPanel(props: LayersPanelProps) {
  const { look, units, metrics, facts, onLook, onClose } = props;
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => panel.current?.focus(), []);
  const settings: Partial<Record<LayerName, ReactNode>> = {
    choropleth: (
      <ChoroplethFields
        choropleth={look.choropleth}
        metrics={metrics.filter(({ key }) => units?.metrics.has(key))}
        onChange={(choropleth) => onLook({ ...look, choropleth })}
      />
    ),
    accounts: (
      <AccountColourField
        colours={look.accountColours}
        onChange={(accountColours) => onLook({ ...look, accountColours })}
      />
    ),
    bubbles: (
      <BubbleField
        metric={look.bubbleMetric}
        metrics={metrics}
        onChange={(bubbleMetric) => onLook({ ...look, bubbleMetric })}
      />
    ),
    labels: (
      <LabelFields
        figures={look.labelFigures}
        metrics={metrics}
        onChange={(labelFigures) => onLook({ ...look, labelFigures })}
      />
    ),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onClose();
  };
  return (
    <Paper
      ref={panel}
      className={classes.panel}
      shadow="md"
      role="dialog"
      aria-label="Layers"
      tabIndex={-1}
      data-over-map="standing"
      onKeyDown={onKeyDown}
    >
      <Group justify="space-between" wrap="nowrap" className={classes.head}>
        <Text size="sm" fw={650}>
          Layers
        </Text>
        <Group gap={4}>
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => onLook(DEFAULT_LOOK)}
            title="Layers, order and colours as they are at first"
          >
            Reset
          </Button>
          <CloseButton size="sm" aria-label="Close the layers" onClick={onClose} />
        </Group>
      </Group>
      <ol className={classes.list} aria-label="Layers, the front one first">
        {look.order.map((name) => (
          <LayerRow
            key={name}
            name={name}
            look={look}
            whyEmpty={whyEmpty(name, facts)}
            onLook={onLook}
          >
            {settings[name]}
          </LayerRow>
        ))}
      </ol>
      <SavedViews
        memberId={props.memberId}
        look={look}
        extent={props.extent}
        onApply={props.onApply}
      />
    </Paper>
  );
}
