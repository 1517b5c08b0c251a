import { Alert, Badge, Button, Group, Stack, Table, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { problemSentences } from "@/api/problem";
import { acceptRun, discardRun, useRuns } from "@/api/runs";
import type { Alignment, Run, RunResult } from "@/api/types";
import { formatCount, formatDeviation, formatNumber, formatShare } from "@/domain/format";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { BaseChanged } from "./BaseChanged";
import { boundSentence } from "./boundWords";
import { MovesPicker } from "./MovesPicker";
import classes from "./panel.module.css";
import { RunCurve } from "./RunCurve";
import { repeatWords } from "./runWords";

interface RunOutcomeProps {
  run: Run;
  alignment: Alignment;
  timeZone: string;
  canEdit: boolean;
  onStarted: (run: Run) => void;
  onCompare: (beforeId: number, afterId: number) => void;
  onAccepted: (alignment: Alignment) => void;
  onDiscarded: () => void;
}

export function RunOutcome(props: RunOutcomeProps) {
  const { run, alignment, canEdit, timeZone } = props;
  const runs = useRuns(alignment.id);
  if (run.state === "cancelled") {
    return <Alert title="Cancelled">Nothing was changed. Start another run when you like.</Alert>;
  }
  if (run.state === "failed" || !run.result) {
    return (
      <ErrorNotice
        title="The run failed"
        sentences={[run.job?.error ?? "It ended without a result. Nothing was changed."]}
      />
    );
  }
  const repeated = repeatWords(run, runs.data?.results ?? [], timeZone);
  return (
    <Stack gap="md">
      <BaseChanged {...{ run, alignment, canEdit }} onStarted={props.onStarted} />
      <Verdict result={run.result} />
      <MetricsTable result={run.result} objective={run.settings.objective} />
      <Text size="sm">{boundSentence(run.result, run.settings.objective)}</Text>
      <Text size="sm" c="dimmed" className="figures">
        {formatCount(run.result.n_moves)} units and {formatCount(run.result.n_accounts_moved)}{" "}
        accounts move: {formatShare(run.result.disruption.accounts, 1)} of accounts,{" "}
        {formatShare(run.result.disruption.revenue, 1)} of revenue,{" "}
        {formatShare(run.result.disruption.workload, 1)} of workload. Solved in{" "}
        {formatNumber(run.result.seconds)} s, seed {run.seed}.
      </Text>
      {repeated && <Text size="sm">{repeated}</Text>}
      <Notes notes={run.result.notes} />
      <Decision {...props} />
      <RunCurve
        key={`curve ${run.id}`}
        {...{ run, canEdit }}
        points={run.result.curve}
        onStarted={props.onStarted}
      />
      <MovesPicker
        key={run.id}
        {...{ run, alignment, canEdit }}
        result={run.result}
        onAccepted={props.onAccepted}
      />
    </Stack>
  );
}

function Notes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <Text component="details" size="xs" className={classes.details}>
      <summary>{notes.length === 1 ? "A note" : `${notes.length} notes`} on this run</summary>
      {notes.map((note) => (
        <Text key={note} size="xs" c="dimmed" mt={6}>
          {note}
        </Text>
      ))}
    </Text>
  );
}

function Verdict({ result }: { result: RunResult }) {
  return (
    <Stack gap={6}>
      <Group gap="xs">
        <Badge
          color={result.is_feasible ? "green" : "red"}
          c={result.is_feasible ? "var(--in-band)" : "var(--over)"}
          variant="light"
          tt="none"
          size="lg"
        >
          {verdictWords(result)}
        </Badge>
      </Group>
      {!result.is_feasible && <Text size="sm">{result.status}</Text>}
      {result.missed.map(({ metric, detail }) => (
        <Text key={metric} size="sm">
          {detail}
        </Text>
      ))}
      {result.certificates.map((certificate) => (
        <Text key={certificate.code + certificate.detail} size="sm">
          {certificate.detail}
        </Text>
      ))}
    </Stack>
  );
}

function verdictWords({ is_feasible, missed, certificates }: RunResult): string {
  if (is_feasible && missed.length > 0) return "● All that must be kept is kept";
  if (is_feasible) return "● All limits met";
  return certificates.length > 0 ? "▲ Not all limits can be met" : "▲ Not all limits are met";
}

interface MetricsTableProps {
  result: RunResult;
  objective: Run["settings"]["objective"];
}

function MetricsTable({ result, objective }: MetricsTableProps) {
  return (
    <Table fz="xs" verticalSpacing={4} horizontalSpacing={4} className="figures">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Metric</Table.Th>
          <Table.Th ta="right">Worst</Table.Th>
          <Table.Th ta="right">Index</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {result.metrics.map((metric) => (
          <Table.Tr key={metric.key}>
            <Table.Th scope="row" tt="capitalize">
              {metric.key}{" "}
              <Text span size="xs" c="dimmed">
                ±{formatShare(metric.tolerance, 1)}
              </Text>
            </Table.Th>
            <Table.Td ta="right" className="one-line">
              {formatDeviation(metric.before_worst)} →{" "}
              <strong>{formatDeviation(metric.after_worst)}</strong>
            </Table.Td>
            <Table.Td ta="right" className="one-line">
              {formatNumber(metric.before_index, 0)} →{" "}
              <strong>{formatNumber(metric.after_index, 0)}</strong>
            </Table.Td>
          </Table.Tr>
        ))}
        <Table.Tr>
          <Table.Th scope="row">Mean distance</Table.Th>
          <Table.Td ta="right" colSpan={2}>
            {formatNumber(result.before_mean_km)} → <strong>{formatNumber(result.mean_km)}</strong>{" "}
            km
          </Table.Td>
        </Table.Tr>
        {objective === "borders" && (
          <Table.Tr>
            <Table.Th scope="row">Neighbours apart</Table.Th>
            <Table.Td ta="right" colSpan={2}>
              {formatCount(result.before_cut_borders)} →{" "}
              <strong>{formatCount(result.n_cut_borders)}</strong> pairs of units
            </Table.Td>
          </Table.Tr>
        )}
      </Table.Tbody>
    </Table>
  );
}

function Decision({
  run,
  alignment,
  canEdit,
  onCompare,
  onAccepted,
  onDiscarded,
}: RunOutcomeProps) {
  const [name, setName] = useState(`${alignment.name}, rebalanced`);
  const accept = useMutation({
    mutationFn: () => acceptRun(run.id, name.trim()),
    onSuccess: onAccepted,
  });
  const discard = useMutation({ mutationFn: () => discardRun(run.id), onSuccess: onDiscarded });
  const resultId = run.result_alignment_id;
  const error = accept.error ?? discard.error;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        accept.mutate();
      }}
    >
      <Stack gap="xs">
        {resultId !== null && (
          <Button
            variant="light"
            className={classes.wordy}
            onClick={() => onCompare(run.alignment_id, resultId)}
          >
            Before and after, side by side
          </Button>
        )}
        {run.accepted && <Text size="sm">Accepted as a scenario.</Text>}
        {!run.accepted && canEdit && resultId !== null && (
          <>
            <TextInput
              size="sm"
              label="Accept as scenario"
              required
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Group grow>
              <Button
                variant="default"
                loading={discard.isPending}
                onClick={() => discard.mutate()}
              >
                Discard
              </Button>
              <Button type="submit" loading={accept.isPending} disabled={name.trim() === ""}>
                Accept
              </Button>
            </Group>
          </>
        )}
        {error && <ErrorNotice title="That did not work" sentences={problemSentences(error)} />}
      </Stack>
    </form>
  );
}
