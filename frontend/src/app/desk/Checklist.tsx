import { CloseButton, Group, Text } from "@mantine/core";
import { IconCircle, IconCircleCheckFilled } from "@tabler/icons-react";
import { useSyncExternalStore } from "react";
import classes from "./Checklist.module.css";
import { doneSteps, markStep, onStepsChanged, type StepName, stepsKey } from "./checklistSteps";

const STEPS: { step: StepName; label: string }[] = [
  { step: "imported", label: "Import accounts" },
  { step: "seen", label: "See what is out of balance" },
  { step: "fixed", label: "Fix it: paint, or rebalance" },
  { step: "published", label: "Publish" },
];

/** Four steps for a first visit; goes away when done or closed. */
export function Checklist({ hasAccounts }: { hasAccounts: boolean }) {
  useSyncExternalStore(onStepsChanged, stepsKey);
  const done = doneSteps();
  const isDone = (step: StepName) => done.has(step) || (step === "imported" && hasAccounts);
  if (done.has("dismissed") || STEPS.every(({ step }) => isDone(step))) return null;
  return (
    <section className={classes.card} aria-label="First steps">
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" fw={650}>
          First steps
        </Text>
        <CloseButton
          size="sm"
          aria-label="Hide the first steps"
          onClick={() => markStep("dismissed")}
        />
      </Group>
      <ol className={classes.steps}>
        {STEPS.map(({ step, label }) => (
          <li key={step} data-done={isDone(step) || undefined}>
            {isDone(step) ? (
              <IconCircleCheckFilled size={16} aria-label="Done:" />
            ) : (
              <IconCircle size={16} aria-label="To do:" />
            )}
            {step === "imported" ? <a href="#/import">{label}</a> : label}
          </li>
        ))}
      </ol>
    </section>
  );
}
