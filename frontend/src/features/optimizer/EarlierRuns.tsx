import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { isFinal } from "@/api/jobs";
import { useRuns } from "@/api/runs";
import type { Alignment, Run } from "@/api/types";
import { formatDateTime } from "@/domain/format";
import { Tag } from "@/ui/Tag";
import classes from "./panel.module.css";
import { RunAgain } from "./RunAgain";
import { aimsWords, factsWords, outcomeWords } from "./runWords";

interface EarlierRunsProps {
  alignment: Alignment;
  timeZone: string;
  canEdit: boolean;
  onShow: (run: Run) => void;
}

const SHOWN_AT_FIRST = 5;

/** Every run of this alignment, with what is needed to have it again. */
export function EarlierRuns({ alignment, timeZone, canEdit, onShow }: EarlierRunsProps) {
  const runs = useRuns(alignment.id);
  const [showsAll, setShowsAll] = useState(false);
  const all = runs.data?.results ?? [];
  if (all.length === 0) return null;
  return (
    <Stack gap={4}>
      <Title order={2} size="h6">
        Earlier runs
      </Title>
      <ol className={classes.list}>
        {all.slice(0, showsAll ? undefined : SHOWN_AT_FIRST).map((run) => (
          <EarlierRun key={run.id} {...{ run, timeZone, canEdit, onShow }} />
        ))}
      </ol>
      {!showsAll && all.length > SHOWN_AT_FIRST && (
        <Button size="compact-sm" variant="default" onClick={() => setShowsAll(true)}>
          Show {all.length - SHOWN_AT_FIRST} more
        </Button>
      )}
    </Stack>
  );
}

interface EarlierRunProps extends Omit<EarlierRunsProps, "alignment"> {
  run: Run;
}

function EarlierRun({ run, timeZone, canEdit, onShow }: EarlierRunProps) {
  const when = formatDateTime(run.created_at, timeZone);
  const { label, tone } = outcomeWords(run);
  return (
    <li className={classes.entry}>
      <Group gap="xs" justify="space-between" wrap="nowrap">
        <Text size="sm" fw={650}>
          {when}
        </Text>
        <Tag tone={tone}>{label}</Tag>
      </Group>
      <Text size="sm">{aimsWords(run)}</Text>
      <Text size="xs" c="dimmed" className="figures">
        {run.member_name} · {factsWords(run)}
      </Text>
      <Group gap={6} mt={4}>
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`Open the run of ${when}`}
          onClick={() => onShow(run)}
        >
          Open
        </Button>
        {canEdit && isFinal(run) && (
          <RunAgain
            run={run}
            label="Run again"
            description={`Run again as on ${when}`}
            onStarted={onShow}
          />
        )}
      </Group>
    </li>
  );
}
