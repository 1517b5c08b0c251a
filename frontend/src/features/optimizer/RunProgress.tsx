import { Stack, Table } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { cancelRun } from "@/api/balancing";
import { problemSentences } from "@/api/problem";
import type { Job, Run } from "@/api/types";
import { useJob } from "@/api/useJob";
import { formatNumber } from "@/domain/format";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { ProgressWithCancel } from "@/ui/ProgressWithCancel";

interface RunProgressProps {
  run: Run;
  onEnded: () => void;
}

export function RunProgress({ run, onEnded }: RunProgressProps) {
  const job = useJob(run.job, onEnded);
  const cancel = useMutation({ mutationFn: () => cancelRun(run.id), onSuccess: onEnded });
  return (
    <Stack gap="sm">
      <ProgressWithCancel
        label="Rebalancing"
        fraction={job && job.state === "running" ? job.progress : null}
        message={job?.message || (run.state === "queued" ? "Waiting for a worker" : "Working")}
        onCancel={() => cancel.mutate()}
        isCancelling={cancel.isPending}
      />
      {job && <LiveNumbers job={job} />}
      {cancel.isError && (
        <ErrorNotice title="Could not cancel" sentences={problemSentences(cancel.error)} />
      )}
    </Stack>
  );
}

/** Whatever numbers the engine reports while it works: best plan so far, deviation, seconds. */
function LiveNumbers({ job }: { job: Job }) {
  const numbers = Object.entries(job.detail).filter(
    (entry): entry is [string, number] => typeof entry[1] === "number",
  );
  if (numbers.length === 0) return null;
  return (
    <Table fz="xs" className="figures">
      <Table.Tbody>
        {numbers.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th fw={500}>{name.replaceAll("_", " ")}</Table.Th>
            <Table.Td ta="right">{formatNumber(value, 3)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
