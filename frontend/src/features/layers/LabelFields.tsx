import { NativeSelect } from "@mantine/core";
import type { ScorecardMetric } from "@/api/types";
import classes from "./LayersPanel.module.css";

interface LabelFieldsProps {
  figures: readonly string[];
  metrics: readonly ScorecardMetric[];
  onChange: (figures: string[]) => void;
}

/** What stands below a territory's name: two figures at most. */
export function LabelFields({ figures, metrics, onChange }: LabelFieldsProps) {
  const choices = [
    { value: "", label: "–" },
    {
      group: "Deviation from the target",
      items: metrics.map(({ key, label }) => ({
        value: `${key}:deviation`,
        label: `${label}, ±%`,
      })),
    },
    {
      group: "Value",
      items: metrics.map(({ key, label }) => ({ value: `${key}:value`, label })),
    },
  ];
  const set = (place: number, figure: string) =>
    onChange([0, 1].map((i) => (i === place ? figure : (figures[i] ?? ""))));
  return (
    <div className={classes.pair}>
      {["First figure", "Second figure"].map((label, place) => (
        <NativeSelect
          key={label}
          size="xs"
          label={label}
          value={figures[place] ?? ""}
          onChange={(event) => set(place, event.currentTarget.value)}
          data={choices}
        />
      ))}
    </div>
  );
}
