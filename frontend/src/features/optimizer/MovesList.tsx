import { Button, Stack, Text, Title } from "@mantine/core";
import { useMoves } from "@/api/balancing";
import { problemSentences } from "@/api/problem";
import type { Move } from "@/api/types";
import { formatCount, formatDeviation } from "@/domain/format";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import classes from "./MovesList.module.css";

/** Every move with its reason and what it does to both territories. */
export function MovesList({ runId }: { runId: number }) {
  const moves = useMoves(runId);
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
      {moves.isSuccess && rows.length === 0 && (
        <EmptyState title="Nothing has to move">
          These territories already meet the limits. Tighten a tolerance to ask for more.
        </EmptyState>
      )}
      <ol className={classes.list}>
        {rows.map((move) => (
          <MoveLine key={move.position} move={move} />
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
    </Stack>
  );
}

function MoveLine({ move }: { move: Move }) {
  return (
    <li className={classes.move}>
      <Text size="sm" fw={650}>
        {move.unit_name}: {move.from_territory?.name ?? "nobody"} →{" "}
        {move.to_territory?.name ?? "nobody"}
      </Text>
      <Text size="sm">{move.reason}</Text>
      <Text size="xs" c="dimmed" className="figures">
        {formatCount(move.n_accounts)} accounts
        {move.effect.map(
          ({ metric, from_before, from_after, to_before, to_after }) =>
            ` · ${metric}: giver ${formatDeviation(from_before)} → ${formatDeviation(from_after)}, ` +
            `receiver ${formatDeviation(to_before)} → ${formatDeviation(to_after)}`,
        )}
      </Text>
    </li>
  );
}
