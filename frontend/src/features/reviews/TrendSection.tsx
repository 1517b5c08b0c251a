import { Button, NativeSelect, Text } from "@mantine/core";
import { useState } from "react";
import { problemSentences } from "@/api/problem";
import { type ReviewTrend, useReviewTrend } from "@/api/reviews";
import { formatDate, formatDeviation, formatFixed } from "@/domain/format";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { FigureTable } from "@/ui/FigureTable";
import { LoadingLines } from "@/ui/LoadingLines";
import { Section } from "@/ui/Section";
import { Sparkline } from "@/ui/Sparkline";
import classes from "./reviews.module.css";
import { lineWords } from "./reviewWords";
import { TrendLine } from "./TrendLine";

const ROWS_SHOWN = 8;

/** How the figures came to where they are. */
export function TrendSection({ teamId }: { teamId: number }) {
  const trend = useReviewTrend(teamId);
  return (
    <Section
      title="Trend"
      purpose="The balance index of each metric over the reviews, each on a scale of its own: 100 is on target everywhere."
    >
      {trend.isPending && <LoadingLines label="Loading the trend" lines={3} />}
      {trend.isError && (
        <ErrorNotice
          title="The trend did not load"
          sentences={problemSentences(trend.error)}
          onRetry={() => void trend.refetch()}
        />
      )}
      {trend.data && trend.data.reviews.length < 2 && (
        <Text size="sm" c="dimmed">
          Lines are drawn from the second review on.
        </Text>
      )}
      {trend.data && trend.data.reviews.length > 1 && <Lines trend={trend.data} />}
    </Section>
  );
}

function Lines({ trend }: { trend: ReviewTrend }) {
  const dates = trend.reviews.map(({ measured_on }) => measured_on);
  const metrics = trend.metrics.filter(({ balance_index }) =>
    balance_index.some((value) => value !== null),
  );
  return (
    <>
      <ul className={classes.lines}>
        {metrics.map(({ key, label, balance_index }) => {
          const known = balance_index.filter((value) => value !== null);
          return (
            <li key={key}>
              <span className={classes.lineHead}>
                <span>{label}</span>
                <span className="figures">
                  {formatFixed(known[0])} → <strong>{formatFixed(known.at(-1))}</strong>
                </span>
              </span>
              <TrendLine label={lineWords(label, dates, balance_index)} values={balance_index} />
            </li>
          );
        })}
      </ul>
      <Text size="xs" c="dimmed">
        {dates.length} reviews from {formatDate(dates[0])} to {formatDate(dates.at(-1))}.
      </Text>
      <TerritoryTrends trend={trend} />
    </>
  );
}

function TerritoryTrends({ trend }: { trend: ReviewTrend }) {
  const [metric, setMetric] = useState("workload");
  const [showsAll, setShowsAll] = useState(false);
  const rows = trend.territories
    .map(({ territory_id, name, deviations }) => {
      const series = deviations[metric as keyof typeof deviations];
      const known = series.filter((value) => value !== null);
      return { territory_id, name, known, change: (known.at(-1) ?? 0) - (known[0] ?? 0) };
    })
    .filter(({ known }) => known.length > 0)
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
  const shown = showsAll ? rows : rows.slice(0, ROWS_SHOWN);
  return (
    <>
      <NativeSelect
        label="Deviation of territories, by"
        w={260}
        data={trend.metrics.map(({ key, label }) => ({ value: key, label }))}
        value={metric}
        onChange={(event) => setMetric(event.currentTarget.value)}
      />
      <div className={classes.figureTable}>
        <FigureTable
          head={["Territory", "Deviation over time", "First", "Now"]}
          rows={shown.map(({ territory_id, name, known }) => ({
            key: territory_id,
            name,
            figures: [
              <Sparkline key="line" values={known} />,
              formatDeviation(known[0]),
              formatDeviation(known.at(-1)),
            ],
          }))}
        />
      </div>
      {rows.length > ROWS_SHOWN && (
        <div>
          <Button
            size="compact-sm"
            variant="subtle"
            aria-expanded={showsAll}
            onClick={() => setShowsAll(!showsAll)}
          >
            {showsAll ? "Show fewer" : `Show all ${rows.length}`}
          </Button>
        </div>
      )}
    </>
  );
}
