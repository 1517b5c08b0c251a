import { Switch } from "@mantine/core";
import type { BestPlan } from "@/api/types";
import { formatNumber, formatShare } from "@/domain/format";
import classes from "./BestPlanNote.module.css";

interface BestPlanNoteProps {
  plan: BestPlan;
  isShown: boolean;
  onShown: (isShown: boolean) => void;
}

/** Says over the map that its colours are a plan that nobody has saved. */
export function BestPlanNote({ plan, isShown, onShown }: BestPlanNoteProps) {
  const { mean_km, gap, worst } = plan;
  const deviations = Object.entries(worst).map(
    ([metric, value]) => `${metric} ${formatShare(value, 1)}`,
  );
  const figures = [
    ...(deviations.length === 0 ? [] : [`worst ${deviations.join(", ")}`]),
    ...(mean_km === null ? [] : [`${formatNumber(mean_km)} km`]),
    ...(gap === null ? [] : [`gap ${formatShare(gap, 1)}`]),
  ];
  return (
    <section className={classes.note} aria-label="Best plan so far" data-over-map="standing">
      <div>
        <strong>Best so far – not saved</strong>
        <div className="figures">{figures.join(" · ")}</div>
      </div>
      <Switch
        size="sm"
        label="Show"
        checked={isShown}
        onChange={(event) => onShown(event.currentTarget.checked)}
      />
    </section>
  );
}
