import { Button, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { problemSentences } from "@/api/problem";
import { startRun, useOutlook } from "@/api/runs";
import type { Alignment, Run, ScorecardMetric } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { AimsField } from "./AimsField";
import { LimitsField } from "./LimitsField";
import classes from "./panel.module.css";
import { OutlookNotes, RunOutlook } from "./RunOutlook";
import { chosenAims, firstDraft, newRun, type RunDraft, withAim } from "./runDraft";
import { StartField } from "./StartField";

interface RunFormProps {
  alignment: Alignment;
  metrics: readonly ScorecardMetric[];
  n_locked: number;
  isDisabled: boolean;
  onStarted: (run: Run) => void;
}

const SETTLED_MS = 400;

export function RunForm({ alignment, metrics, n_locked, isDisabled, onStarted }: RunFormProps) {
  const [draft, setDraft] = useState<RunDraft>(() => firstDraft(metrics));
  const [settled] = useDebouncedValue(draft, SETTLED_MS);
  const canAsk = !isDisabled && chosenAims(settled).length > 0;
  const outlook = useOutlook(newRun(alignment.id, settled), alignment.revision, canAsk);
  const start = useMutation({
    mutationFn: () => startRun(newRun(alignment.id, draft), crypto.randomUUID()),
    onSuccess: onStarted,
  });
  const change = (values: Partial<RunDraft>) => setDraft({ ...draft, ...values });
  const labelOf = (metric: string) =>
    draft.aims.find(({ key }) => key === metric)?.label.toLowerCase() ?? metric;
  const isImpossible = canAsk && (outlook.data?.certificates.length ?? 0) > 0;

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate();
      }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          Finds connected territories within the tolerances and with little travel. It never touches
          “{alignment.name}”: the result is a proposal.
        </Text>
        <AimsField
          aims={draft.aims}
          onChange={(key, values) => setDraft(withAim(draft, key, values))}
        />
        <StartField draft={draft} onChange={change} />
        <LimitsField draft={draft} n_locked={n_locked} onChange={change} />
        {canAsk && outlook.data && <OutlookNotes outlook={outlook.data} />}
        <Stack gap="xs" className={classes.foot}>
          {canAsk && (
            <RunOutlook
              outlook={outlook}
              labelOf={labelOf}
              onUse={(key, tolerance_percent) =>
                setDraft(withAim(draft, key, { tolerance_percent }))
              }
            />
          )}
          {start.isError && (
            <ErrorNotice title="Not started" sentences={problemSentences(start.error)} />
          )}
          <Button
            type="submit"
            loading={start.isPending}
            disabled={isDisabled || chosenAims(draft).length === 0}
          >
            {isImpossible ? "Find the nearest plan" : "Rebalance"}
          </Button>
        </Stack>
      </Stack>
    </form>
  );
}
