import { Button, Group, Stack, Switch, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { cancelJob, isFinal } from "@/api/jobs";
import { problemSentences } from "@/api/problem";
import { measureTravel, useIsochrones, useTravel, useTravelRefresh } from "@/api/travel";
import type { Alignment, Job, TerritoryTravel, Travel } from "@/api/types";
import { useJob } from "@/api/useJob";
import { formatCount, formatDateTime, formatNumber, MISSING } from "@/domain/format";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { FormulaLink } from "@/ui/FormulaLink";
import { ProgressWithCancel } from "@/ui/ProgressWithCancel";
import classes from "./InspectorPanel.module.css";

interface TravelFiguresProps {
  alignment: Alignment;
  territoryId: number;
  mayMeasure: boolean;
  isReachShown: boolean;
  onReachShown: (isShown: boolean) => void;
}

/** What a territory's drives take, by which engine and of which day. */
export function TravelFigures(props: TravelFiguresProps) {
  const { alignment, territoryId, mayMeasure } = props;
  const travel = useTravel(alignment.id);
  if (travel.isError) {
    return (
      <ErrorNotice
        title="Travel could not be loaded"
        sentences={problemSentences(travel.error)}
        onRetry={travel.refetch}
      />
    );
  }
  if (travel.isPending) {
    return (
      <Text size="sm" c="dimmed">
        Looking for travel times…
      </Text>
    );
  }
  if (travel.data.engines.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Inside teams do not travel.
      </Text>
    );
  }
  const row = travel.data.measurement?.territories.find((one) => one.territory_id === territoryId);
  return (
    <Stack gap="xs">
      {row ? (
        <Figures row={row} travel={travel.data} />
      ) : (
        <Text size="sm" c="dimmed">
          Not measured yet. Until then the scorecard’s travel is the estimate by distance.
        </Text>
      )}
      <Measuring
        key={travel.data.job?.id ?? "none"}
        alignment={alignment}
        travel={travel.data}
        mayMeasure={mayMeasure}
      />
      <Reach {...props} />
    </Stack>
  );
}

function Figures({ row, travel }: { row: TerritoryTravel; travel: Travel }) {
  const url = travel.formula_url;
  const limit = formatCount(travel.measurement?.limit_min);
  return (
    <>
      <table className={classes.figures}>
        <tbody>
          <tr>
            <th scope="row">
              <FormulaLink label="drives" url={url}>
                Drive, mean
              </FormulaLink>
            </th>
            <td>{minutesWords(row.mean_min)}</td>
          </tr>
          <tr>
            <th scope="row">9 of 10 within</th>
            <td>{minutesWords(row.p90_min)}</td>
          </tr>
          <tr>
            <th scope="row">Longest</th>
            <td>{minutesWords(row.max_min)}</td>
          </tr>
          <tr>
            <th scope="row">Beyond {limit} min</th>
            <td>
              {formatCount(row.n_beyond)} of {formatCount(row.n_accounts)} accounts
            </td>
          </tr>
          <tr>
            <th scope="row">
              <FormulaLink label="a year on the road" url={url}>
                On the road
              </FormulaLink>
            </th>
            <td>
              {formatCount(row.travel_h)} h, {formatCount(row.travel_km)} km a year
            </td>
          </tr>
          <tr>
            <th scope="row">
              <FormulaLink label="the estimate" url="/docs/metrics/#travel">
                Estimate beside it
              </FormulaLink>
            </th>
            <td>
              {formatCount(row.estimate_h)} h, {formatCount(row.estimate_km)} km
            </td>
          </tr>
        </tbody>
      </table>
      <Text size="xs" c="dimmed">
        {sourceWords(row, travel)}
      </Text>
      {row.n_fallback > 0 && (
        <Text size="xs" c="var(--over)">
          {formatCount(row.n_fallback)} of {formatCount(row.n_accounts)} drives are estimated.{" "}
          {row.fallback_reason}
        </Text>
      )}
    </>
  );
}

function Measuring(props: { alignment: Alignment; travel: Travel; mayMeasure: boolean }) {
  const { alignment, travel, mayMeasure } = props;
  const refresh = useTravelRefresh(alignment.id);
  const start = useMutation({
    mutationFn: () => measureTravel(alignment.id),
    onSuccess: refresh,
  });
  const cancel = useMutation({ mutationFn: cancelJob });
  const job = useJob(travel.job, refresh);
  if (job && !isFinal(job)) {
    return (
      <ProgressWithCancel
        label="Measuring travel"
        fraction={job.state === "running" ? (job.progress ?? null) : null}
        message={job.message || "Waiting for a worker"}
        onCancel={mayMeasure ? () => cancel.mutate(job.id) : undefined}
        isCancelling={cancel.isPending || job.cancel_requested}
      />
    );
  }
  return (
    <>
      {job?.state === "failed" && <ErrorNotice title="Not measured" sentences={[failure(job)]} />}
      {start.isError && (
        <ErrorNotice title="Not measured" sentences={problemSentences(start.error)} />
      )}
      {mayMeasure && !travel.is_current && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => start.mutate()}
          loading={start.isPending}
        >
          {measureWords(travel)}
        </Button>
      )}
    </>
  );
}

function Reach({ alignment, territoryId, isReachShown, onReachShown }: TravelFiguresProps) {
  const reach = useIsochrones(isReachShown ? territoryId : null, alignment.revision);
  return (
    <>
      <Switch
        size="sm"
        label="Show how far one gets"
        checked={isReachShown}
        onChange={(event) => onReachShown(event.currentTarget.checked)}
      />
      {reach.isError && (
        <ErrorNotice title="Could not be drawn" sentences={problemSentences(reach.error)} />
      )}
      {isReachShown && reach.data && (
        <Group gap="xs">
          <Text size="xs" c="dimmed">
            {reach.data.features.length > 0 &&
              `${reach.data.features.map(({ properties }) => formatNumber(properties.minutes, 0)).join(", ")} minutes from ${BASE_WORDS[reach.data.base]}, each line further out. `}
            {reach.data.note}
          </Text>
        </Group>
      )}
    </>
  );
}

const BASE_WORDS = {
  home: "the rep’s home",
  middle: "the middle of the accounts",
  none: "nowhere",
} as const;

function minutesWords(minutes: number | null): string {
  return minutes === null ? MISSING : `${formatNumber(minutes, 0)} min`;
}

function measureWords({ engines, measurement }: Travel): string {
  const what = engines[0]?.name === "estimate" ? "by estimate" : "by road";
  return measurement ? `Measure ${what} again` : `Measure ${what}`;
}

function sourceWords(row: TerritoryTravel, { measurement, is_current }: Travel): string {
  if (!measurement) return "";
  const of = measurement.data_date ? `, map data of ${measurement.data_date}` : "";
  const old = is_current ? "" : " The alignment or its data have changed since.";
  return `One way from ${BASE_WORDS[row.base]}. ${measurement.engine_label} ${measurement.engine_version}${of}; measured ${formatDateTime(measurement.measured_at)} at revision ${measurement.revision}.${old}`;
}

function failure(job: Job): string {
  return job.error || job.message || "The measurement failed.";
}
