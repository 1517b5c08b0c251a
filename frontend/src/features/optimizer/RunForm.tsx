import { Button, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useUnitLayers } from "@/api/alignments";
import { problemSentences } from "@/api/problem";
import { startRun, useOutlook } from "@/api/runs";
import type { Alignment, Run, Scorecard, Territory } from "@/api/types";
import { shownMetrics } from "@/domain/territoryView";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { AimsField } from "./AimsField";
import { LimitsSection } from "./LimitsSection";
import { asInForm } from "./limitsWords";
import classes from "./panel.module.css";
import { OutlookNotes, RunOutlook } from "./RunOutlook";
import { chosenAims, firstDraft, isSound, newRun, type RunDraft, withAim } from "./runDraft";
import { StartField } from "./StartField";

interface RunFormProps {
  alignment: Alignment;
  scorecard: Scorecard;
  territories: readonly Territory[];
  isDisabled: boolean;
  onStarted: (run: Run) => void;
}

const SETTLED_MS = 400;

export function RunForm({
  alignment,
  scorecard,
  territories,
  isDisabled,
  onStarted,
}: RunFormProps) {
  const metrics = shownMetrics(scorecard.metrics);
  const { currency } = scorecard;
  const layers = useUnitLayers();
  const [draft, setDraft] = useState<RunDraft>(() => firstDraft(metrics));
  const [settled] = useDebouncedValue(draft, SETTLED_MS);
  const canAsk = !isDisabled && chosenAims(settled).length > 0 && isSound(settled);
  const asked = newRun(alignment.id, settled, metrics, currency);
  const outlook = useOutlook(asked, alignment.revision, canAsk);
  const start = useMutation({
    mutationFn: () => startRun(newRun(alignment.id, draft, metrics, currency), crypto.randomUUID()),
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
        <Text size="xs" c="dimmed">
          {lockedWords(territories.filter(({ is_locked }) => is_locked).length)}
        </Text>
        <LimitsSection
          draft={draft}
          layerKind={layers.data?.find(({ id }) => id === alignment.unit_layer_id)?.kind}
          onChange={change}
          onAim={(key, values) => setDraft(withAim(draft, key, values))}
          {...{ metrics, territories, currency }}
        />
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
          {!isSound(draft) && (
            <Text size="xs" c="var(--over)" role="status">
              One of the limits cannot be asked for: what is wrong stands beneath it.
            </Text>
          )}
          {start.isError && (
            <ErrorNotice
              title="Not started"
              sentences={problemSentences(start.error).map(asInForm)}
            />
          )}
          <Button
            type="submit"
            loading={start.isPending}
            disabled={isDisabled || chosenAims(draft).length === 0 || !isSound(draft)}
          >
            {isImpossible ? "Find the nearest plan" : "Rebalance"}
          </Button>
        </Stack>
      </Stack>
    </form>
  );
}

function lockedWords(n_locked: number): string {
  if (n_locked === 0) return "No territory is locked: all may change.";
  if (n_locked === 1) return "1 locked territory stays as it is.";
  return `${n_locked} locked territories stay as they are.`;
}
