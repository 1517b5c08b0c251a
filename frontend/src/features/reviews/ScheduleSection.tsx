import { Button, Table, Text, VisuallyHidden } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { problemSentences } from "@/api/problem";
import { type ReviewSchedule, useReviewSchedules } from "@/api/reviews";
import type { Team } from "@/api/types";
import { formatDate } from "@/domain/format";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { ScrollTable } from "@/ui/ScrollTable";
import { Section } from "@/ui/Section";
import { Tag } from "@/ui/Tag";
import { rhythmWords, watchedWords } from "./reviewWords";
import { ScheduleDialog } from "./ScheduleDialog";

interface ScheduleSectionProps {
  teams: readonly Team[];
  teamId: number;
  mayPlan: boolean;
}

/** What is due, by date, over all teams. */
export function ScheduleSection({ teams, teamId, mayPlan }: ScheduleSectionProps) {
  const schedules = useReviewSchedules();
  const [edited, setEdited] = useState<ReviewSchedule | "new" | null>(null);
  return (
    <Section
      title="What is due"
      purpose="Each is held soon after midnight of its day, in the time of the workspace; a day that was missed is held once, late."
      action={
        mayPlan && (
          <Button
            variant="default"
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => setEdited("new")}
            aria-haspopup="dialog"
          >
            New schedule
          </Button>
        )
      }
    >
      {schedules.isPending && <LoadingLines label="Loading the schedules" lines={3} />}
      {schedules.isError && (
        <ErrorNotice
          title="The schedules did not load"
          sentences={problemSentences(schedules.error)}
          onRetry={() => void schedules.refetch()}
        />
      )}
      {schedules.data?.length === 0 && (
        <EmptyState title="Nothing is scheduled">
          {mayPlan
            ? "A schedule says when, what is watched within which band, and who is mailed."
            : "Managers make schedules."}
        </EmptyState>
      )}
      {schedules.data && schedules.data.length > 0 && (
        <ScheduleTable schedules={schedules.data} onEdit={mayPlan ? setEdited : null} />
      )}
      <ScheduleDialog
        edited={edited}
        teams={teams}
        teamId={teamId}
        onClose={() => setEdited(null)}
      />
    </Section>
  );
}

interface ScheduleTableProps {
  schedules: readonly ReviewSchedule[];
  onEdit: ((schedule: ReviewSchedule) => void) | null;
}

function ScheduleTable({ schedules, onEdit }: ScheduleTableProps) {
  return (
    <ScrollTable label="Schedules by date">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Due</Table.Th>
          <Table.Th>Review</Table.Th>
          <Table.Th>Watches</Table.Th>
          <Table.Th>Mails</Table.Th>
          {onEdit && (
            <Table.Th>
              <VisuallyHidden>Change</VisuallyHidden>
            </Table.Th>
          )}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {schedules.map((schedule) => (
          <Table.Tr key={schedule.id}>
            <Table.Td miw="7.5rem" className="figures">
              {schedule.is_active ? formatDate(schedule.next_on) : <Tag tone="quiet">Off</Tag>}
            </Table.Td>
            <Table.Td miw="13rem">
              <strong>{schedule.name}</strong>
              <Text size="xs" c="dimmed">
                {schedule.team_name}. {rhythmWords(schedule)}
              </Text>
            </Table.Td>
            <Table.Td miw="13rem">{watchedWords(schedule)}</Table.Td>
            <Table.Td className="one-line">
              {schedule.recipients.length === 0
                ? "Nobody"
                : `${schedule.recipients.length} ${schedule.recipients.length === 1 ? "member" : "members"}`}
            </Table.Td>
            {onEdit && (
              <Table.Td ta="right">
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => onEdit(schedule)}
                  aria-haspopup="dialog"
                  aria-label={`Change ${schedule.name}`}
                >
                  Change
                </Button>
              </Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </ScrollTable>
  );
}
