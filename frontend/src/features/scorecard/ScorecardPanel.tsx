import { NativeSelect } from "@mantine/core";
import { useMemo, useState } from "react";
import type { Finding, Scorecard, Snapshot, Territory } from "@/api/types";
import type { TotalsChange } from "@/domain/liveTotals";
import { metricReadings, shownMetrics } from "@/domain/territoryView";
import { EmptyState } from "@/ui/EmptyState";
import { LoadingLines } from "@/ui/LoadingLines";
import { BalanceHeader } from "./BalanceHeader";
import classes from "./ScorecardPanel.module.css";
import { type SortKey, sortTerritories } from "./sortTerritories";
import list from "./TerritoryList.module.css";
import { TerritoryRow } from "./TerritoryRow";

interface ScorecardPanelProps {
  scorecard: Scorecard | undefined;
  territories: readonly Territory[] | undefined;
  findings: readonly Finding[];
  snapshots: readonly Snapshot[];
  selectedId: number | null;
  liveChange: TotalsChange | null;
  /** The figures are older than the map: shown with a question mark, not as if they held. */
  isStale: boolean;
  currency: string;
  onSelect: (territoryId: number) => void;
  onFindings: () => void;
}

export function ScorecardPanel(props: ScorecardPanelProps) {
  const { scorecard, territories, findings, liveChange, selectedId, isStale, currency } = props;
  const [sortKey, setSortKey] = useState<SortKey>("deviation");
  const metrics = useMemo(() => shownMetrics(scorecard?.metrics ?? []), [scorecard]);

  // While a stroke runs the order stays as it was: rows must not jump under the eye.
  const order = useMemo(() => {
    const scores = new Map(scorecard?.territories.map((score) => [score.territory_id, score]));
    const rows = (territories ?? []).map((territory) => ({
      territory,
      readings: metricReadings(scores.get(territory.id), metrics, null),
    }));
    return sortTerritories(rows, sortKey).map(({ territory }) => territory);
  }, [territories, scorecard, metrics, sortKey]);

  const rows = useMemo(() => {
    const scores = new Map(scorecard?.territories.map((score) => [score.territory_id, score]));
    return order.map((territory) => ({
      territory,
      readings: metricReadings(scores.get(territory.id), metrics, liveChange),
      n_findings: findings.filter(({ territory_ids }) => territory_ids.includes(territory.id))
        .length,
    }));
  }, [order, scorecard, metrics, liveChange, findings]);

  return (
    <div className={classes.panel}>
      <BalanceHeader
        scorecard={scorecard}
        n_territories={territories?.length ?? 0}
        findings={findings}
        snapshots={props.snapshots}
        isStale={isStale}
        onFindings={props.onFindings}
      />
      <div className={classes.head}>
        <span>{metrics.map(({ label }) => label).join(" · ") || "Territory"}</span>
        <NativeSelect
          size="xs"
          flex="none"
          w={118}
          aria-label="Order of the list"
          value={sortKey}
          onChange={(event) => setSortKey(event.currentTarget.value)}
          data={[
            { value: "deviation", label: "Worst first" },
            { value: "name", label: "By name" },
            ...metrics.map(({ key, label }) => ({
              value: key,
              label: `Most ${label.toLowerCase()}`,
            })),
          ]}
        />
      </div>
      <section className={classes.scroll} aria-label="Territories">
        {territories === undefined && <LoadingLines label="Loading territories" lines={8} />}
        {territories?.length === 0 && (
          <EmptyState title="No territory yet">
            Lasso some units (L) or draw a shape (D) on the map to make the first territory, or
            start from the CRM owners in a new scenario.
          </EmptyState>
        )}
        <ul className={list.list}>
          {rows.map(({ territory, readings, n_findings }) => (
            <TerritoryRow
              key={territory.id}
              territory={territory}
              readings={readings}
              n_findings={n_findings}
              isSelected={territory.id === selectedId}
              isStale={isStale && liveChange === null}
              currency={currency}
              onSelect={props.onSelect}
            />
          ))}
        </ul>
      </section>
    </div>
  );
}
