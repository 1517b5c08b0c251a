import { Stack, Table, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { problemSentences } from "@/api/problem";
import { cancelRun } from "@/api/runs";
import type { Job, Run } from "@/api/types";
import { useJob } from "@/api/useJob";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { ProgressWithCancel } from "@/ui/ProgressWithCancel";
import { GAP_WORDS, liveFigures } from "./liveFigures";

interface RunProgressProps {
  run: Run;
  onCancelled: (run: Run) => void;
  onEnded: () => void;
}

export function RunProgress({ run, onCancelled, onEnded }: RunProgressProps) {
  const job = useJob(run.job, onEnded);
  const cancel = useMutation({ mutationFn: () => cancelRun(run.id), onSuccess: onCancelled });
  // The worker stops at its next step.
  const isStopping = run.job.cancel_requested;
  return (
    <Stack gap="sm">
      <ProgressWithCancel
        label="Rebalancing"
        fraction={job && job.state === "running" ? job.progress : null}
        message={
          isStopping
            ? "Stopping; nothing is written"
            : job?.message || (run.state === "queued" ? "Waiting for a worker" : "Working")
        }
        onCancel={() => cancel.mutate()}
        isCancelling={cancel.isPending || isStopping}
      />
      {job && <LiveFigures job={job} metrics={run.settings.metrics.map(({ key }) => key)} />}
      {cancel.isError && (
        <ErrorNotice title="Could not cancel" sentences={problemSentences(cancel.error)} />
      )}
    </Stack>
  );
}

/** The best plan so far, in figures. */
function LiveFigures({ job, metrics }: { job: Job; metrics: readonly string[] }) {
  const figures = liveFigures(job.detail, metrics);
  if (figures.length === 0) return null;
  return (
    <>
      <Table fz="xs" className="figures">
        <Table.Tbody>
          {figures.map(({ name, value }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={500}>
                {name}
              </Table.Th>
              <Table.Td ta="right">{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed">
        {GAP_WORDS}
      </Text>
    </>
  );
}
