import { formatCount, formatMoney } from "@/domain/format";
import { CHOROPLETH_STEPS, quantileBreaks } from "@/domain/palette";
import type { UnitColumns } from "@/domain/units";
import type { MapLook } from "@/map/look";
import classes from "./Legend.module.css";

const MONEY = new Set(["revenue", "potential", "pipeline"]);

interface LegendProps {
  look: MapLook;
  units: UnitColumns | null;
  metricLabel: string | undefined;
  currency: string;
  hasBarriers: boolean;
}

export function Legend({ look, units, metricLabel, currency, hasBarriers }: LegendProps) {
  return (
    <aside className={classes.legend} aria-label="Legend" data-over-map="standing">
      {look.unitMetric && units && (
        <UnitClasses
          metric={look.unitMetric}
          label={metricLabel ?? look.unitMetric}
          units={units}
          currency={currency}
        />
      )}
      {look.accounts === "territory" && <p>● account, in its territory’s colour</p>}
      {look.accounts === "revenue" && <p>● account, area = revenue</p>}
      {look.accounts === "density" && (
        <p>
          <span className={classes.heat} aria-hidden="true" /> few … many accounts
        </p>
      )}
      {look.hasLabels && <p>▲ above band ▼ below ● in band</p>}
      {look.hasFindings && (
        <p>
          <span className={classes.overlap} aria-hidden="true" /> overlap{" "}
          <span className={classes.white} aria-hidden="true" /> white space
        </p>
      )}
      {look.hasBarriers && hasBarriers && (
        <p>
          <span className={classes.barrier} aria-hidden="true" /> barrier
        </p>
      )}
    </aside>
  );
}

function UnitClasses(props: {
  metric: string;
  label: string;
  units: UnitColumns;
  currency: string;
}) {
  const { metric, label, units, currency } = props;
  const breaks = quantileBreaks([...(units.metrics.get(metric) ?? [])], CHOROPLETH_STEPS.length);
  const show = (value: number) =>
    MONEY.has(metric) ? formatMoney(value, currency) : formatCount(value);
  return (
    <div>
      <p>{label} per unit</p>
      <ul className={classes.steps}>
        {CHOROPLETH_STEPS.slice(0, breaks.length + 1).map((colour, step) => (
          <li key={colour}>
            <svg width="16" height="10" aria-hidden="true">
              <rect width="16" height="10" fill={colour} />
            </svg>{" "}
            {step === 0 ? `below ${show(breaks[0] ?? 0)}` : `from ${show(breaks[step - 1] ?? 0)}`}
          </li>
        ))}
      </ul>
    </div>
  );
}
