import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Scorecard, Territory } from "@/api/types";
import { bandState, bandSymbol } from "@/domain/balance";
import {
  formatCount,
  formatDeviation,
  formatMetric,
  formatMoney,
  formatNumber,
  formatShare,
  MISSING,
} from "@/domain/format";
import { FormulaLink } from "@/ui/FormulaLink";
import classes from "./InspectorPanel.module.css";

interface TerritoryFiguresProps {
  territory: Territory;
  scorecard: Scorecard | undefined;
  currency: string;
}

/** Below this part of the visits needed a territory is visited too little. */
const ENOUGH_VISITS = 0.8;

const formulaOf = (key: string): string => `/docs/metrics/#${key}`;

/** Every figure of one territory, each leading to how it is computed. */
export function TerritoryFigures({ territory, scorecard, currency }: TerritoryFiguresProps) {
  const score = scorecard?.territories.find(({ territory_id }) => territory_id === territory.id);
  if (!scorecard || !score) {
    return (
      <Text size="sm" c="dimmed">
        Measuring…
      </Text>
    );
  }
  const used = score.capacity_used;
  return (
    <>
      <table className={classes.figures}>
        <tbody>
          {scorecard.metrics.map(({ key, label, unit, tolerance, formula_url }) => {
            const state = bandState(score.deviations[key], tolerance);
            return (
              <Row key={key} label={label} formula={formula_url}>
                <td>{formatMetric(score.values[key], unit, currency)}</td>
                <td
                  data-state={state}
                  title={`Target ${formatMetric(score.targets[key], unit, currency)}, band ±${formatShare(tolerance)}`}
                >
                  {state === "unknown"
                    ? MISSING
                    : `${bandSymbol(state)} ${formatDeviation(score.deviations[key])}`}
                </td>
              </Row>
            );
          })}
          <Row label="Capacity used" formula={formulaOf("capacity")}>
            <td>
              {formatCount(score.workload_h + (score.travel_h ?? 0))} /{" "}
              {formatCount(score.capacity_h)} h
            </td>
            <td data-state={used !== null && used > 1 ? "over" : undefined}>{formatShare(used)}</td>
          </Row>
          {score.cadence !== null && (
            <Row label="Visits done" formula={formulaOf("cadence")}>
              <td>of those needed</td>
              <td data-state={score.cadence < ENOUGH_VISITS ? "under" : undefined}>
                {formatShare(score.cadence)}
              </td>
            </Row>
          )}
          <Row label="Density" formula={formulaOf("density")}>
            <td colSpan={2}>{formatNumber(score.accounts_per_1000_km2)} accounts / 1,000 km²</td>
          </Row>
          <Row label="Revenue density" formula={formulaOf("density")}>
            <td colSpan={2}>{formatMoney(score.revenue_minor_per_km2, currency)} / km²</td>
          </Row>
          <Row label="Area" formula={formulaOf("density")}>
            <td colSpan={2}>{formatCount(score.area_km2)} km²</td>
          </Row>
          <Row label="Compactness" formula={formulaOf("compactness")}>
            <td colSpan={2}>{formatNumber(score.polsby_popper, 2)} Polsby–Popper</td>
          </Row>
          <Row label="Pieces" formula={formulaOf("contiguity")}>
            <td colSpan={2} data-state={score.is_contiguous === false ? "over" : undefined}>
              {piecesWords(score.n_pieces, score.is_contiguous)}
            </td>
          </Row>
        </tbody>
      </table>
      <Text size="xs" c="dimmed" mt="xs">
        Travel: {scorecard.travel_source.note || scorecard.travel_source.method}
      </Text>
    </>
  );
}

function Row(props: { label: string; formula: string; children: ReactNode }) {
  return (
    <tr>
      <th scope="row">
        <FormulaLink label={props.label.toLowerCase()} url={props.formula}>
          {props.label}
        </FormulaLink>
      </th>
      {props.children}
    </tr>
  );
}

function piecesWords(n_pieces: number | null, isContiguous: boolean | null): string {
  if (n_pieces === null || isContiguous === null) return "not known";
  return isContiguous ? "connected" : `▲ in ${n_pieces} pieces`;
}
