import { Button, Group, Progress, Stack, Table, Text, VisuallyHidden } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { cancelJob, isFinal } from "@/api/jobs";
import { problemSentences } from "@/api/problem";
import { deleteReport, reportUrl } from "@/api/reports";
import type { Report } from "@/api/types";
import { formatDateTime } from "@/domain/format";
import { type Confirmation, ConfirmDialog } from "@/ui/ConfirmDialog";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { ScrollTable } from "@/ui/ScrollTable";
import { downloadLabel, KINDS } from "./reportWords";

interface ReportTableProps {
  reports: Report[];
  mayDelete: boolean;
  onChanged: () => void;
}

export function ReportTable({ reports, mayDelete, onChanged }: ReportTableProps) {
  const [confirmation, setConfirmation] = useState<Confirmation | null>(null);
  const remove = useMutation({ mutationFn: deleteReport, onSettled: onChanged });
  const cancel = useMutation({ mutationFn: cancelJob, onSettled: onChanged });
  const failed = [remove, cancel].find(({ isError }) => isError);
  const askToDelete = (report: Report) =>
    setConfirmation({
      title: "Delete the report?",
      text: `“${KINDS[report.kind]}” of ${report.alignment_name} and its file go for everybody. It can be made again.`,
      actionLabel: "Delete",
      isDangerous: true,
      run: () => remove.mutate(report.id),
    });
  return (
    <Stack>
      {failed && (
        <ErrorNotice title="That did not work" sentences={problemSentences(failed.error)} />
      )}
      <ScrollTable label="Reports">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Report</Table.Th>
            <Table.Th>Of</Table.Th>
            <Table.Th>Made</Table.Th>
            <Table.Th>By</Table.Th>
            <Table.Th>
              <VisuallyHidden>What can be done</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {reports.map((report) => (
            <ReportRow
              key={report.id}
              report={report}
              mayDelete={mayDelete}
              onCancel={() => report.job && cancel.mutate(report.job.id)}
              onDelete={() => askToDelete(report)}
            />
          ))}
        </Table.Tbody>
      </ScrollTable>
      <ConfirmDialog confirmation={confirmation} onClose={() => setConfirmation(null)} />
    </Stack>
  );
}

interface ReportRowProps {
  report: Report;
  mayDelete: boolean;
  onCancel: () => void;
  onDelete: () => void;
}

function ReportRow({ report, mayDelete, onCancel, onDelete }: ReportRowProps) {
  const isBeingMade = report.job !== null && !isFinal(report.job);
  return (
    <Table.Tr>
      <Table.Td fw={600}>
        {KINDS[report.kind]}, {report.format.toUpperCase()}
      </Table.Td>
      <Table.Td>
        {report.alignment_name}
        {report.revision !== null && `, revision ${report.revision}`}
      </Table.Td>
      <Table.Td className="figures">{formatDateTime(report.created_at)}</Table.Td>
      <Table.Td>{report.by}</Table.Td>
      <Table.Td>
        <Group gap="xs" justify="end" wrap="nowrap">
          {report.is_ready && (
            <Button
              component="a"
              href={reportUrl(report.id)}
              size="compact-sm"
              variant="light"
              aria-label={downloadLabel(report)}
            >
              Download
            </Button>
          )}
          {isBeingMade && report.job && (
            <>
              <Progress.Root w={120}>
                <Progress.Section
                  value={Math.round(report.job.progress * 100)}
                  aria-label={`Progress of “${KINDS[report.kind]}”`}
                />
              </Progress.Root>
              <Button size="compact-sm" variant="default" onClick={onCancel}>
                Cancel
              </Button>
            </>
          )}
          {!report.is_ready && !isBeingMade && (
            <Text size="sm" c="dimmed">
              {report.job?.error || report.job?.message || "Not made"}
            </Text>
          )}
          {mayDelete && !isBeingMade && (
            <Button size="compact-sm" variant="subtle" color="gray" onClick={onDelete}>
              Delete
            </Button>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
