import { Button, Progress, Stack, Table, Text, VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { cancelJob, isFinal } from "@/api/jobs";
import { problemSentences } from "@/api/problem";
import type { Job } from "@/api/types";
import { formatDateTime } from "@/domain/format";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { ScrollTable } from "@/ui/ScrollTable";
import { Tag } from "@/ui/Tag";
import { durationWords, kindWords, STATE_WORDS } from "./jobWords";

interface JobTableProps {
  jobs: Job[];
  onChanged: () => void;
}

export function JobTable({ jobs, onChanged }: JobTableProps) {
  const [cancelling, setCancelling] = useState<number | null>(null);
  const [sentences, setSentences] = useState<string[] | null>(null);

  async function cancel(job: Job) {
    setCancelling(job.id);
    setSentences(null);
    try {
      await cancelJob(job.id);
      onChanged();
    } catch (reason) {
      setSentences(problemSentences(reason));
    }
    setCancelling(null);
  }

  return (
    <Stack>
      {sentences && <ErrorNotice title="The job could not be cancelled" sentences={sentences} />}
      <ScrollTable label="Jobs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Job</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th>Progress</Table.Th>
            <Table.Th>Asked for</Table.Th>
            <Table.Th>Took</Table.Th>
            <Table.Th>
              <VisuallyHidden>Cancel</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {jobs.map((job) => (
            <JobRow
              key={job.id}
              job={job}
              isCancelling={cancelling === job.id}
              onCancel={() => cancel(job)}
            />
          ))}
        </Table.Tbody>
      </ScrollTable>
    </Stack>
  );
}

interface JobRowProps {
  job: Job;
  isCancelling: boolean;
  onCancel: () => void;
}

function JobRow({ job, isCancelling, onCancel }: JobRowProps) {
  const { label, tone } = STATE_WORDS[job.state];
  const kind = kindWords(job.kind);
  return (
    <Table.Tr>
      <Table.Td fw={600}>{kind}</Table.Td>
      <Table.Td>
        <Tag tone={tone}>{label}</Tag>
      </Table.Td>
      <Table.Td miw="16rem">
        {!isFinal(job) && (
          <Progress.Root>
            <Progress.Section
              value={Math.round(job.progress * 100)}
              aria-label={`Progress of ${kind}`}
            />
          </Progress.Root>
        )}
        <Text size="sm" c={job.error ? "var(--over)" : "dimmed"}>
          {job.error ?? job.message}
        </Text>
      </Table.Td>
      <Table.Td className="figures">{formatDateTime(job.created_at)}</Table.Td>
      <Table.Td className="figures">{durationWords(job, Date.now())}</Table.Td>
      <Table.Td ta="right">
        {!isFinal(job) && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={onCancel}
            loading={isCancelling}
            aria-label={`Cancel ${kind}, asked for ${formatDateTime(job.created_at)}`}
          >
            Cancel
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
