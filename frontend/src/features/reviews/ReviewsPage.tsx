import { Button, Group, Select, Stack } from "@mantine/core";
import { useState } from "react";
import { problemSentences } from "@/api/problem";
import { useHoldReview, useReview } from "@/api/reviews";
import type { Session, Team } from "@/api/types";
import { useTeams } from "@/api/workspace";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { WorkPage } from "@/ui/WorkPage";
import { ReviewList } from "./ReviewList";
import { ScheduleSection } from "./ScheduleSection";
import { TrendSection } from "./TrendSection";

const PLANNERS = ["admin", "manager"];

interface ReviewsPageProps {
  session: Session;
  /** The one that a mail leads to. */
  reviewId: number | null;
}

/** The plan in force, looked at on set days: what is due, what drifted, what to do about it. */
export function ReviewsPage({ session, reviewId }: ReviewsPageProps) {
  const teams = useTeams();
  const asked = useReview(reviewId);
  return (
    <WorkPage
      title="Reviews"
      purpose="The plan in force is looked at on set days. What left its band since the time before raises an alarm, with the smallest fix that was found."
    >
      {(teams.isPending || asked.isLoading) && (
        <LoadingLines label="Loading the reviews" lines={8} />
      )}
      {teams.isError && (
        <ErrorNotice
          title="The teams did not load"
          sentences={problemSentences(teams.error)}
          onRetry={() => void teams.refetch()}
        />
      )}
      {teams.data?.length === 0 && (
        <EmptyState title="Nothing to review yet">
          Make a team and publish an alignment on the map; it can be reviewed from then on.
        </EmptyState>
      )}
      {teams.data && teams.data.length > 0 && !asked.isLoading && (
        <Content
          teams={teams.data}
          startTeamId={asked.data?.team_id ?? teams.data[0]?.id ?? 0}
          markedId={reviewId}
          mayPlan={PLANNERS.includes(session.member.role)}
        />
      )}
    </WorkPage>
  );
}

interface ContentProps {
  teams: Team[];
  startTeamId: number;
  markedId: number | null;
  mayPlan: boolean;
}

function Content({ teams, startTeamId, markedId, mayPlan }: ContentProps) {
  const [teamId, setTeamId] = useState(startTeamId);
  const hold = useHoldReview();
  return (
    <Stack gap="xl">
      <Group align="end" gap="md">
        <Select
          label="Team"
          w={260}
          data={teams.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={String(teamId)}
          allowDeselect={false}
          onChange={(id) => {
            hold.reset();
            setTeamId(Number(id));
          }}
        />
        {mayPlan && (
          <Button onClick={() => hold.mutate(teamId)} loading={hold.isPending}>
            Hold one now
          </Button>
        )}
      </Group>
      {hold.isError && (
        <ErrorNotice title="The review was not held" sentences={problemSentences(hold.error)} />
      )}
      <ScheduleSection teams={teams} teamId={teamId} mayPlan={mayPlan} />
      <ReviewList key={teamId} teamId={teamId} markedId={markedId} mayPlan={mayPlan} />
      <TrendSection key={`trend-${teamId}`} teamId={teamId} />
    </Stack>
  );
}
