import { useMemo, useState } from "react";
import type { Finding, Scorecard, Snapshot, Territory } from "@/api/types";
import type { TotalsChange } from "@/domain/liveTotals";
import type { Choice, Selection } from "@/domain/selection";
import { metricReadings, shownMetrics } from "@/domain/territoryView";
import { EmptyState } from "@/ui/EmptyState";
import { LoadingLines } from "@/ui/LoadingLines";
import { BalanceHeader } from "./BalanceHeader";
import { ListControls } from "./ListControls";
import { filterRows, type ListFilter } from "./listRows";
import classes from "./ScorecardPanel.module.css";
import { type SelectionActions, SelectionBar } from "./SelectionBar";
import { type SortKey, sortTerritories } from "./sortTerritories";
import { TerritoryList } from "./TerritoryList";

interface ScorecardPanelProps {
  scorecard: Scorecard | undefined;
  territories: readonly Territory[] | undefined;
  findings: readonly Finding[];
  snapshots: readonly Snapshot[];
  selection: Selection;
  liveChange: TotalsChange | null;
  /** The figures are older than the map: shown with a question mark, not as if they held. */
  isStale: boolean;
  currency: string;
  canEdit: boolean;
  /** How many territories have a neighbour's colour. */
  n_alike: number;
  actions: SelectionActions;
  onChoose: (territoryId: number, choice: Choice, order: readonly number[]) => void;
  onSelect: (territoryIds: readonly number[]) => void;
  onRename: (territoryId: number, name: string) => void;
  onRecolour: () => void;
  onFindings: () => void;
}

export function ScorecardPanel(props: ScorecardPanelProps) {
  const { scorecard, territories, findings, liveChange, selection, isStale, canEdit } = props;
  const [sortKey, setSortKey] = useState<SortKey>("deviation");
  const [filter, setFilter] = useState<ListFilter>({ text: "", isOnlyOutOfBand: false });
  const [isGrouped, setGrouped] = useState(true);
  const metrics = useMemo(() => shownMetrics(scorecard?.metrics ?? []), [scorecard]);
  const hasRegions = territories?.some(({ region }) => region !== "") ?? false;

  // While a stroke runs rows stay where they are and as many as they are: they must not jump under the eye.
  const order = useMemo(() => {
    const scores = new Map(scorecard?.territories.map((score) => [score.territory_id, score]));
    const rows = (territories ?? []).map((territory) => ({
      territory,
      readings: metricReadings(scores.get(territory.id), metrics, null),
    }));
    return sortTerritories(filterRows(rows, filter), sortKey).map(({ territory }) => territory);
  }, [territories, scorecard, metrics, sortKey, filter]);

  const rows = useMemo(() => {
    const scores = new Map(scorecard?.territories.map((score) => [score.territory_id, score]));
    return order.map((territory) => ({
      territory,
      readings: metricReadings(scores.get(territory.id), metrics, liveChange),
      n_findings: findings.filter(({ territory_ids }) => territory_ids.includes(territory.id))
        .length,
    }));
  }, [order, scorecard, metrics, liveChange, findings]);

  const chosen = selection.ids.flatMap((id) => territories?.find((one) => one.id === id) ?? []);
  const n_hidden = (territories?.length ?? 0) - rows.length;
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
      <ListControls
        metrics={metrics}
        sortKey={sortKey}
        onSort={setSortKey}
        filter={filter}
        onFilter={setFilter}
        isGrouped={hasRegions ? isGrouped : null}
        onGrouped={setGrouped}
        n_alike={canEdit ? props.n_alike : null}
        onRecolour={props.onRecolour}
      />
      {metrics.length > 0 && (
        <p className={classes.bars}>Bars: {metrics.map(({ label }) => label).join(" · ")}</p>
      )}
      <section className={classes.scroll} aria-label="Territories">
        {territories === undefined && <LoadingLines label="Loading territories" lines={8} />}
        {territories?.length === 0 && (
          <EmptyState title="No territory yet">
            Lasso some units (L) or draw a shape (D) on the map to make the first territory, or
            start from the CRM owners in a new scenario.
          </EmptyState>
        )}
        <TerritoryList
          rows={rows}
          selection={selection}
          isGrouped={hasRegions && isGrouped}
          isStale={isStale && liveChange === null}
          currency={props.currency}
          canRename={canEdit}
          onChoose={props.onChoose}
          onSelect={props.onSelect}
          onRename={props.onRename}
        />
        {n_hidden > 0 && (
          <p className={classes.hidden} role="status">
            {n_hidden} of {territories?.length} territories do not match the filter.
          </p>
        )}
      </section>
      <SelectionBar
        chosen={chosen}
        canEdit={canEdit}
        actions={props.actions}
        onClear={() => props.onSelect([])}
      />
    </div>
  );
}
