import { Anchor, Group, Text } from "@mantine/core";
import type { Finding, Scorecard, Snapshot } from "@/api/types";
import { formatDate, formatMoney, formatNumber } from "@/domain/format";
import { shownMetrics } from "@/domain/territoryView";
import { FormulaLink } from "@/ui/FormulaLink";
import classes from "./BalanceHeader.module.css";

interface BalanceHeaderProps {
  scorecard: Scorecard | undefined;
  n_territories: number;
  findings: readonly Finding[];
  snapshots: readonly Snapshot[];
  isStale: boolean;
  onFindings: () => void;
}

export function BalanceHeader(props: BalanceHeaderProps) {
  const { scorecard, n_territories, findings, snapshots, isStale, onFindings } = props;
  const index = scorecard?.balance_index ?? null;
  const out = n_outOfBand(scorecard);
  const largest_minor = Math.max(0, ...findings.map(({ money_minor }) => money_minor ?? 0));
  return (
    <header className={classes.header}>
      <Group gap="0 8px" align="baseline">
        <Text size="sm" c="dimmed" flex="none">
          Balance index
        </Text>
        <FormulaLink label="the balance index" url="/docs/metrics/#balance_index">
          <span className={classes.index} data-stale={isStale || undefined}>
            {index === null ? "–" : isStale ? "?" : formatNumber(index, 0)}
          </span>
        </FormulaLink>
        <Trend
          index={index}
          snapshots={snapshots}
          before={scorecard?.data_date?.slice(0, 10) ?? ""}
        />
      </Group>
      <Text size="sm">
        {scorecard
          ? `${out} of ${n_territories} territories out of band`
          : "Measuring the territories…"}
        {findings.length > 0 && (
          <>
            {" · "}
            <Anchor component="button" type="button" inherit onClick={onFindings}>
              {findings.length} {findings.length === 1 ? "finding" : "findings"}
              {largest_minor > 0 && scorecard
                ? `, the largest ${formatMoney(largest_minor, scorecard.currency)}`
                : ""}
            </Anchor>
          </>
        )}
      </Text>
      {scorecard && (
        <Text size="xs" c="dimmed">
          Data of {formatDate(scorecard.data_date)}
        </Text>
      )}
    </header>
  );
}

interface TrendProps {
  index: number | null;
  snapshots: readonly Snapshot[];
  /** Only what was measured on an earlier day tells a trend. */
  before: string;
}

function Trend({ index, snapshots, before }: TrendProps) {
  const latest = snapshots
    .filter(({ measured_on }) => measured_on < before)
    .sort((a, b) => b.measured_on.localeCompare(a.measured_on))[0];
  if (index === null || latest?.balance_index === null || latest?.balance_index === undefined) {
    return null;
  }
  const change = Math.round(index) - Math.round(latest.balance_index);
  const tone = change < 0 ? "over" : "in_band";
  return (
    <span className={classes.trend} data-state={tone}>
      {change === 0 ? "unchanged" : `${change > 0 ? "▲" : "▼"} ${Math.abs(change)}`}{" "}
      <span className={classes.since}>since {formatDate(latest.measured_on)}</span>
    </span>
  );
}

function n_outOfBand(scorecard: Scorecard | undefined): number {
  if (!scorecard) return 0;
  const metrics = shownMetrics(scorecard.metrics);
  return scorecard.territories.filter(({ in_band }) =>
    metrics.some(({ key }) => in_band[key] === false),
  ).length;
}
