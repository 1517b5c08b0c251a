import { NativeSelect } from "@mantine/core";
import type { ScorecardMetric } from "@/api/types";
import { BUBBLE_METRICS, type BubbleMetric, type MapLook } from "@/map/look";

interface AccountColourFieldProps {
  colours: MapLook["accountColours"];
  onChange: (colours: MapLook["accountColours"]) => void;
}

export function AccountColourField({ colours, onChange }: AccountColourFieldProps) {
  return (
    <NativeSelect
      size="xs"
      label="Colour tells"
      value={colours}
      onChange={(event) => onChange(event.currentTarget.value as MapLook["accountColours"])}
      data={[
        { value: "territory", label: "the territory" },
        { value: "segment", label: "the segment" },
      ]}
    />
  );
}

interface BubbleFieldProps {
  metric: BubbleMetric;
  metrics: readonly ScorecardMetric[];
  onChange: (metric: BubbleMetric) => void;
}

export function BubbleField({ metric, metrics, onChange }: BubbleFieldProps) {
  return (
    <NativeSelect
      size="xs"
      label="Area tells"
      value={metric}
      onChange={(event) => onChange(event.currentTarget.value as BubbleMetric)}
      data={BUBBLE_METRICS.map((key) => ({ value: key, label: bubbleWords(key, metrics) }))}
    />
  );
}

export function bubbleWords(metric: BubbleMetric, metrics: readonly ScorecardMetric[]): string {
  return (metrics.find(({ key }) => key === metric)?.label ?? metric).toLowerCase();
}
