import { Button, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { problemSentences } from "@/api/problem";
import { startRun } from "@/api/runs";
import type { Run } from "@/api/types";
import classes from "./panel.module.css";
import { againBody } from "./runWords";

interface RunAgainProps {
  run: Run;
  label: string;
  /** Said instead of the label to those who hear the page, where labels repeat. */
  description?: string;
  onStarted: (run: Run) => void;
}

/** One click: the same wishes and seed, on the alignment as it is now. */
export function RunAgain({ run, label, description, onStarted }: RunAgainProps) {
  const again = useMutation({
    mutationFn: () => startRun(againBody(run), crypto.randomUUID()),
    onSuccess: onStarted,
  });
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        className={classes.wordy}
        aria-label={description}
        loading={again.isPending}
        onClick={() => again.mutate()}
      >
        {label}
      </Button>
      {again.isError && (
        <Text size="xs" c="var(--over)" role="alert">
          {problemSentences(again.error).join(" ")}
        </Text>
      )}
    </>
  );
}
