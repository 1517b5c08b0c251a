import { Anchor, Button, Stack, Table, Text, Title } from "@mantine/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { fetchImports } from "@/api/imports";
import { problemSentences } from "@/api/problem";
import type { Import } from "@/api/types";
import { formatCount, formatDateTime } from "@/domain/format";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { ScrollTable } from "@/ui/ScrollTable";
import { Tag } from "@/ui/Tag";
import { UndoDialog } from "./UndoDialog";
import { importHash, openImport } from "./useImportRoute";
import { STATE_WORDS, stateOf } from "./wizardState";

export function ImportHistory() {
  const history = useInfiniteQuery({
    queryKey: ["imports", "history"],
    queryFn: ({ pageParam }) => fetchImports(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const queries = useQueryClient();
  const [undoing, setUndoing] = useState<Import | null>(null);
  const imports = history.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        Earlier imports
      </Title>
      {history.isPending && <LoadingLines label="Loading earlier imports" />}
      {history.isError && (
        <ErrorNotice
          title="Earlier imports could not be loaded"
          sentences={problemSentences(history.error)}
          onRetry={() => history.refetch()}
        />
      )}
      {history.isSuccess && imports.length === 0 && (
        <EmptyState title="No imports yet">
          Drop your first file above. It is checked before anything is written.
        </EmptyState>
      )}
      {imports.length > 0 && (
        <ScrollTable label="Earlier imports">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>File</Table.Th>
              <Table.Th>Holds</Table.Th>
              <Table.Th>State</Table.Th>
              <Table.Th ta="right">Rows</Table.Th>
              <Table.Th>What changed</Table.Th>
              <Table.Th>Uploaded</Table.Th>
              <Table.Th>Take back</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {imports.map((item) => (
              <HistoryRow key={item.id} item={item} onUndo={setUndoing} />
            ))}
          </Table.Tbody>
        </ScrollTable>
      )}
      <UndoDialog
        item={undoing}
        onClose={() => setUndoing(null)}
        onStarted={(started) => {
          queries.setQueryData(["import", started.id], started);
          openImport(started.id);
        }}
      />
      {history.hasNextPage && (
        <Button
          variant="default"
          onClick={() => history.fetchNextPage()}
          loading={history.isFetchingNextPage}
        >
          Show older imports
        </Button>
      )}
    </Stack>
  );
}

interface HistoryRowProps {
  item: Import;
  onUndo: (item: Import) => void;
}

function HistoryRow({ item, onUndo }: HistoryRowProps) {
  const state = STATE_WORDS[stateOf(item)];
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor href={importHash(item.id)} fz="sm" fw={600}>
          {item.filename}
        </Anchor>
      </Table.Td>
      <Table.Td>{item.kind === "accounts" ? "Accounts" : "Reps"}</Table.Td>
      <Table.Td>
        <Tag tone={state.tone}>{state.label}</Tag>
      </Table.Td>
      <Table.Td ta="right" className="figures">
        {formatCount(item.n_rows)}
      </Table.Td>
      <Table.Td>
        <Text size="sm" className="figures">
          {changeSummary(item)}
        </Text>
      </Table.Td>
      <Table.Td className="figures">{formatDateTime(item.created_at)}</Table.Td>
      <Table.Td>
        {item.can_be_undone && stateOf(item) === "done" && (
          <Button
            variant="default"
            size="compact-sm"
            aria-label={`Undo the import of ${item.filename}`}
            onClick={() => onUndo(item)}
          >
            Undo…
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function changeSummary({ state, result }: Import): string {
  if (!result) return "Nothing yet";
  if (state === "failed") return `Nothing; ${formatCount(result.n_bad)} rows with problems`;
  const parts = [
    [result.n_created, "new"],
    [result.n_updated, "changed"],
    [result.n_unchanged, "unchanged"],
    [result.n_gone, "gone"],
    [result.n_left_alone, "left alone"],
    [result.n_bad, "left out"],
  ] as const;
  const changed = parts.filter(([n]) => n > 0).map(([n, word]) => `${formatCount(n)} ${word}`);
  return changed.join(", ") || "Nothing";
}
