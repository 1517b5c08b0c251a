import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { problemSentences } from "@/api/problem";
import { acceptRun, useMovesPreview } from "@/api/runs";
import type { Alignment, Run } from "@/api/types";
import { formatCount } from "@/domain/format";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { MovesSummary } from "./MovesSummary";
import { inOrder, type MovesChoice, without } from "./movesChoice";
import classes from "./panel.module.css";

interface KeepMovesProps {
  run: Run;
  alignment: Alignment;
  choice: MovesChoice;
  onChoose: (choice: MovesChoice) => void;
  onAccepted: (alignment: Alignment) => void;
}

const SETTLED_MS = 250;

/** What the chosen moves do, and keeping them as a scenario beside today's alignment. */
export function KeepMoves({ run, alignment, choice, onChoose, onAccepted }: KeepMovesProps) {
  const [name, setName] = useState(`${alignment.name}, some moves`);
  const [settled] = useDebouncedValue(choice, SETTLED_MS);
  const positions = useMemo(() => inOrder(settled), [settled]);
  const preview = useMovesPreview(run.id, alignment.revision, positions);
  const keep = useMutation({
    mutationFn: () => acceptRun(run.id, name.trim(), inOrder(choice)),
    onSuccess: onAccepted,
    // Somebody may have edited the alignment meanwhile: the preview then names what no longer fits.
    onError: () => void preview.refetch(),
  });
  const count = `${formatCount(choice.size)} ${choice.size === 1 ? "move" : "moves"}`;
  return (
    <section className={`${classes.foot} ${classes.last}`} aria-label="Chosen moves">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          keep.mutate();
        }}
      >
        <Stack gap="xs">
          {preview.isError ? (
            <ErrorNotice
              title="No figures for this choice"
              sentences={problemSentences(preview.error)}
              onRetry={() => void preview.refetch()}
            />
          ) : preview.data ? (
            <MovesSummary
              preview={preview.data}
              onLeaveOut={(remarks) =>
                onChoose(
                  without(
                    choice,
                    remarks.map(({ position }) => position),
                  ),
                )
              }
            />
          ) : (
            <Text size="sm" c="dimmed">
              Adding up {count}…
            </Text>
          )}
          <TextInput
            size="xs"
            label="Name of the scenario"
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {keep.isError && (
            <ErrorNotice title="Not kept" sentences={problemSentences(keep.error)} />
          )}
          <Button
            type="submit"
            size="sm"
            className={classes.wordy}
            loading={keep.isPending}
            disabled={name.trim() === "" || (preview.data?.blocked.length ?? 0) > 0}
          >
            Keep {choice.size === 1 ? "this" : "these"} {count} as a scenario
          </Button>
        </Stack>
      </form>
    </section>
  );
}
