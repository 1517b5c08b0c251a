import { NativeSelect } from "@mantine/core";
import type { ScorecardMetric } from "@/api/types";
import { type BreakMethod, CLASSES_MAX, CLASSES_MIN } from "@/domain/breaks";
import { RAMPS, type RampName, rampColours } from "@/domain/ramps";
import type { ChoroplethLook } from "@/map/look";
import classes from "./LayersPanel.module.css";

const METHODS: { value: BreakMethod; label: string }[] = [
  { value: "natural", label: "natural" },
  { value: "quantile", label: "quantile" },
  { value: "equal", label: "equal width" },
];

const RAMP_WORDS: Record<RampName, string> = {
  lagoon: "green to blue",
  blues: "blues",
  oranges: "oranges",
  viridis: "viridis",
  cividis: "cividis",
};

const COUNTS = Array.from({ length: CLASSES_MAX - CLASSES_MIN + 1 }, (_, i) =>
  String(CLASSES_MIN + i),
);

interface ChoroplethFieldsProps {
  choropleth: ChoroplethLook;
  /** Those the units have figures of. */
  metrics: readonly ScorecardMetric[];
  onChange: (choropleth: ChoroplethLook) => void;
}

export function ChoroplethFields({ choropleth, metrics, onChange }: ChoroplethFieldsProps) {
  const { metric, method, n_classes, ramp } = choropleth;
  const set = (change: Partial<ChoroplethLook>) => onChange({ ...choropleth, ...change });
  return (
    <>
      <div className={classes.three}>
        <NativeSelect
          size="xs"
          label="Metric"
          value={metric}
          onChange={(event) => set({ metric: event.currentTarget.value })}
          data={metrics.map(({ key, label }) => ({ value: key, label }))}
        />
        <NativeSelect
          size="xs"
          label="Classes"
          value={method}
          onChange={(event) => set({ method: event.currentTarget.value as BreakMethod })}
          data={METHODS}
        />
        <NativeSelect
          size="xs"
          label="How many"
          classNames={{ label: "one-line" }}
          value={String(n_classes)}
          onChange={(event) => set({ n_classes: Number(event.currentTarget.value) })}
          data={COUNTS}
        />
      </div>
      <fieldset className={`plain-fieldset ${classes.ramps}`}>
        <legend className="visually-hidden">Colours</legend>
        {(Object.keys(RAMPS) as RampName[]).map((name) => (
          <label key={name} className={classes.ramp} title={RAMP_WORDS[name]}>
            <input
              type="radio"
              name="ramp"
              className="visually-hidden"
              aria-label={RAMP_WORDS[name]}
              checked={ramp === name}
              onChange={() => set({ ramp: name })}
            />
            <svg viewBox={`0 0 ${n_classes} 1`} preserveAspectRatio="none" aria-hidden="true">
              {rampColours(name, n_classes, false).map((colour, i) => (
                <rect key={colour} x={i} width="1.02" height="1" fill={colour} />
              ))}
            </svg>
          </label>
        ))}
      </fieldset>
    </>
  );
}
