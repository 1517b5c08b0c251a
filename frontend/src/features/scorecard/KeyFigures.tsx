import type { ReactNode } from "react";
import type { Finding, Run, Scorecard, Territory } from "@/api/types";
import { bandState, bandSymbol } from "@/domain/balance";
import {
  formatCount,
  formatDeviation,
  formatMetric,
  formatMoney,
  formatShare,
} from "@/domain/format";
import { shownMetrics } from "@/domain/territoryView";
import { FormulaLink } from "@/ui/FormulaLink";
import classes from "./KeyFigures.module.css";

interface KeyFiguresProps {
  scorecard: Scorecard | undefined;
  territories: readonly Territory[];
  findings: readonly Finding[];
  /** The run this alignment came from, if it did. */
  run: Run | null;
  onSelect: (territoryId: number) => void;
}

export function KeyFigures({ scorecard, territories, findings, run, onSelect }: KeyFiguresProps) {
  if (!scorecard) return <section className={classes.strip} aria-label="Key figures" />;
  return (
    <section className={classes.strip} aria-label="Key figures">
      <WorstDeviation scorecard={scorecard} territories={territories} onSelect={onSelect} />
      <Travel scorecard={scorecard} />
      <WhiteSpace scorecard={scorecard} findings={findings} />
      <Gap run={run} />
    </section>
  );
}

function Figure({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <div className={classes.figure}>
      <h2 className={classes.title}>{title}</h2>
      <p className={classes.value}>{children}</p>
      <p className={classes.note}>{note}</p>
    </div>
  );
}

function WorstDeviation(
  props: Pick<KeyFiguresProps, "territories" | "onSelect"> & { scorecard: Scorecard },
) {
  const { scorecard, territories, onSelect } = props;
  const size = (fraction: number | undefined) => Math.abs(fraction ?? 0);
  const worst = shownMetrics(scorecard.metrics)
    .filter((metric) => metric.worst !== null)
    .sort((a, b) => size(b.worst?.deviation) - size(a.worst?.deviation))[0];
  if (!worst?.worst) {
    return (
      <Figure title="Worst deviation" note="No territory has a target yet">
        –
      </Figure>
    );
  }
  const { territory_id, deviation } = worst.worst;
  const state = bandState(deviation, worst.tolerance);
  const name = territories.find(({ id }) => id === territory_id)?.name ?? "a territory";
  return (
    <Figure title="Worst deviation" note={`Band ±${formatShare(worst.tolerance)}`}>
      <FormulaLink label="the deviation" url={worst.formula_url}>
        <strong data-state={state}>
          {bandSymbol(state)} {formatDeviation(deviation)}
        </strong>
      </FormulaLink>{" "}
      {worst.label.toLowerCase()},{" "}
      <button type="button" className={classes.link} onClick={() => onSelect(territory_id)}>
        {name}
      </button>
    </Figure>
  );
}

function Travel({ scorecard }: { scorecard: Scorecard }) {
  const travel = scorecard.metrics.find(({ key }) => key === "travel");
  return (
    <Figure title="Travel" note={scorecard.travel_source.note || scorecard.travel_source.method}>
      {travel ? (
        <FormulaLink label="travel time" url={travel.formula_url}>
          <strong>{formatMetric(travel.total, travel.unit, scorecard.currency)}</strong>
        </FormulaLink>
      ) : (
        <strong>–</strong>
      )}{" "}
      a year on the road
    </Figure>
  );
}

function WhiteSpace({
  scorecard,
  findings,
}: {
  scorecard: Scorecard;
  findings: readonly Finding[];
}) {
  const potential = scorecard.metrics.find(({ key }) => key === "potential");
  const accounts = scorecard.metrics.find(({ key }) => key === "accounts");
  const areas = findings.filter(({ kind }) => kind === "white_space").length;
  const areaWords = areas === 0 ? "" : `, ${areas} ${areas === 1 ? "area" : "areas"} found`;
  return (
    <Figure
      title="White space"
      note={`${formatCount(accounts?.unassigned)} accounts without a territory${areaWords}`}
    >
      <FormulaLink label="white space" url="/docs/metrics/#white_space">
        <strong>{formatMoney(potential?.unassigned, scorecard.currency)}</strong>
      </FormulaLink>{" "}
      potential not covered
    </Figure>
  );
}

function Gap({ run }: { run: Run | null }) {
  if (run?.result?.gap === null || run?.result?.gap === undefined) {
    return (
      <Figure
        title="Distance to the best plan"
        note={run ? "Its run found no lower bound" : "Rebalance to get a proven lower bound"}
      >
        <strong>not known</strong>
      </Figure>
    );
  }
  return (
    <Figure
      title="Distance to the best plan"
      note={`Mean ${formatCount(run.result.mean_km)} km, bound ${formatCount(run.result.bound_km)} km`}
    >
      <FormulaLink label="the gap" url="/docs/metrics/#gap">
        <strong>{formatShare(run.result.gap, 1)}</strong>
      </FormulaLink>{" "}
      above the lower bound
    </Figure>
  );
}
