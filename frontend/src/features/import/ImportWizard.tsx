import { Anchor, Group, Stack, Stepper, Text, Title } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { fetchImport } from "@/api/imports";
import { problemSentences } from "@/api/problem";
import type { Import } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { ColumnsStep } from "./ColumnsStep";
import classes from "./ImportWizard.module.css";
import { ResultStep } from "./ResultStep";
import { RunningStep } from "./RunningStep";
import { STEPS, stateOf, stepOf } from "./wizardState";

export function ImportWizard({ importId }: { importId: number }) {
  const queries = useQueryClient();
  const [isMending, setIsMending] = useState(false);
  const query = useQuery({
    queryKey: ["import", importId],
    queryFn: () => fetchImport(importId),
    staleTime: Number.POSITIVE_INFINITY,
  });

  if (query.isPending) return <LoadingLines label="Loading the import" lines={8} />;
  if (query.isError) {
    return (
      <ErrorNotice
        title="This import could not be loaded"
        sentences={problemSentences(query.error)}
        onRetry={() => query.refetch()}
      >
        <Anchor href="#/import">Back to all imports</Anchor>
      </ErrorNotice>
    );
  }

  const item = query.data;
  const onChanged = (changed: Import) => {
    queries.setQueryData(["import", importId], changed);
    setIsMending(false);
  };
  const onEnded = async () => {
    await query.refetch();
    await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "import" });
  };

  return (
    <Stack gap="lg">
      <WizardHead item={item} step={stepOf(stateOf(item), isMending)} />
      {isMending ? (
        <ColumnsStep key={item.detected.sheet} item={item} onStarted={onChanged} />
      ) : (
        <WizardStep
          item={item}
          onChanged={onChanged}
          onEnded={onEnded}
          onMend={() => setIsMending(true)}
        />
      )}
    </Stack>
  );
}

interface WizardStepProps {
  item: Import;
  onChanged: (item: Import) => void;
  onEnded: () => void;
  onMend: () => void;
}

function WizardStep({ item, onChanged, onEnded, onMend }: WizardStepProps) {
  const state = stateOf(item);
  if (state === "columns")
    return <ColumnsStep key={item.detected.sheet} item={item} onStarted={onChanged} />;
  if (state === "running" || state === "undoing") {
    return <RunningStep key={state} item={item} onEnded={onEnded} />;
  }
  return <ResultStep item={item} onChanged={onChanged} onMend={onMend} />;
}

function WizardHead({ item, step }: { item: Import; step: number }) {
  const heading = useFocusOnStep(step);
  return (
    <Stack gap="md">
      <Group justify="space-between" align="baseline">
        <Title ref={heading} tabIndex={-1} className={classes.heading} order={2} size="h4">
          {item.filename}{" "}
          <Text span c="dimmed" inherit fw={400}>
            ({item.kind})
          </Text>
        </Title>
        <Anchor href="#/import" fz="sm">
          All imports, or a new file
        </Anchor>
      </Group>
      <Stepper active={step} size="sm" role="group" aria-label="Steps of the import">
        {STEPS.map((label, position) => (
          <Stepper.Step
            key={label}
            component="div"
            classNames={{ step: classes.step, stepBody: classes.stepBody }}
            label={label}
            aria-current={position === step ? "step" : undefined}
          />
        ))}
      </Stepper>
    </Stack>
  );
}

/** A new step replaces what had the focus; it goes to the heading instead of nowhere. */
function useFocusOnStep(step: number) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    heading.current?.focus();
  }, [step]);
  return heading;
}
