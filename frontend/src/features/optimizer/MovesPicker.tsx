import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { problemSentences } from "@/api/problem";
import { useMoves } from "@/api/runs";
import type { Alignment, Run, RunResult } from "@/api/types";
import { formatCount } from "@/domain/format";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { KeepMoves } from "./KeepMoves";
import { MoveLine } from "./MoveLine";
import { firstMoves, type MovesChoice, NO_MOVES, toggled } from "./movesChoice";
import classes from "./panel.module.css";

interface MovesPickerProps {
  run: Run;
  result: RunResult;
  alignment: Alignment;
  canEdit: boolean;
  onAccepted: (alignment: Alignment) => void;
}

/** Every move with its reason, and the choice of some of them as a scenario of their own. */
export function MovesPicker({ run, result, alignment, canEdit, onAccepted }: MovesPickerProps) {
  const moves = useMoves(run.id);
  const [choice, setChoice] = useState<MovesChoice>(NO_MOVES);
  const rows = moves.data?.pages.flatMap(({ results }) => results) ?? [];
  return (
    <Stack gap="xs">
      <Title order={2} size="h6">
        Moves and their reasons
      </Title>
      {moves.isPending && <LoadingLines label="Loading the moves" />}
      {moves.isError && (
        <ErrorNotice
          title="The moves did not load"
          sentences={problemSentences(moves.error)}
          onRetry={() => void moves.refetch()}
        />
      )}
      {moves.isSuccess && rows.length === 0 && <NoMoves n_moves={result.n_moves} />}
      {rows.length > 0 && canEdit && (
        <ChoiceButtons result={result} choice={choice} onChoose={setChoice} />
      )}
      <ol className={classes.list}>
        {rows.map((move) => (
          <MoveLine
            key={move.position}
            move={move}
            isChosen={choice.has(move.position)}
            onToggle={canEdit ? () => setChoice(toggled(choice, move.position)) : undefined}
          />
        ))}
      </ol>
      {moves.hasNextPage && (
        <Button
          size="compact-sm"
          variant="default"
          loading={moves.isFetchingNextPage}
          onClick={() => void moves.fetchNextPage()}
        >
          Show more
        </Button>
      )}
      {choice.size > 0 && (
        <KeepMoves
          run={run}
          alignment={alignment}
          choice={choice}
          onChoose={setChoice}
          onAccepted={onAccepted}
        />
      )}
    </Stack>
  );
}

function NoMoves({ n_moves }: { n_moves: number }) {
  if (n_moves > 0) {
    return (
      <EmptyState title="Another plan altogether">
        {formatCount(n_moves)} units change territory, too many to list one by one. Accept the
        proposal as a whole, or limit how many accounts may move.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="Nothing has to move">
      These territories already meet the limits. Tighten a tolerance to ask for more.
    </EmptyState>
  );
}

interface ChoiceButtonsProps {
  result: RunResult;
  choice: MovesChoice;
  onChoose: (choice: MovesChoice) => void;
}

function ChoiceButtons({ result, choice, onChoose }: ChoiceButtonsProps) {
  const { n_moves, n_moves_enough } = result;
  const hasShortcut = n_moves_enough !== null && n_moves_enough > 0 && n_moves_enough < n_moves;
  return (
    <Stack gap={6}>
      <Text size="sm" c="dimmed">
        Tick the moves you want; the rest stays as it is today.
      </Text>
      <Group gap={6}>
        <Button size="compact-xs" variant="default" onClick={() => onChoose(firstMoves(n_moves))}>
          All {formatCount(n_moves)}
        </Button>
        {hasShortcut && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => onChoose(firstMoves(n_moves_enough))}
          >
            First {formatCount(n_moves_enough)}, until every limit is met
          </Button>
        )}
        <Button
          size="compact-xs"
          variant="default"
          disabled={choice.size === 0}
          onClick={() => onChoose(NO_MOVES)}
        >
          None
        </Button>
      </Group>
    </Stack>
  );
}
