import { List, Stack, Table, Text } from "@mantine/core";
import type { ImportKind, ImportUndo } from "@/api/types";
import { formatCount, formatDateTime } from "@/domain/format";
import { Callout } from "@/ui/Callout";
import { ScrollTable } from "@/ui/ScrollTable";
import { undoSentences } from "./undoSentences";

interface UndoSummaryProps {
  kind: ImportKind;
  undo: ImportUndo;
  isDone: boolean;
}

/** What an undo does or did, and every record it leaves because somebody has changed it since. */
export function UndoSummary({ kind, undo, isDone }: UndoSummaryProps) {
  return (
    <Stack gap="sm">
      <List size="sm" className="figures">
        {undoSentences(kind, undo, isDone).map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
      </List>
      {undo.n_left > 0 && <LeftRows undo={undo} isDone={isDone} />}
    </Stack>
  );
}

function LeftRows({ undo, isDone }: Pick<UndoSummaryProps, "undo" | "isDone">) {
  const { left, n_left } = undo;
  return (
    <>
      <Callout tone="warn" title={isDone ? "Left as they are" : "These stay as they are"}>
        {formatCount(n_left)} {n_left === 1 ? "was" : "were"} changed after the import. What others
        did since is not undone.
      </Callout>
      {left.length < n_left && (
        <Text size="sm" c="dimmed">
          The first {formatCount(left.length)}:
        </Text>
      )}
      <ScrollTable label="Records that stay as they are" maxHeight={280}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th>Id</Table.Th>
            <Table.Th>Why</Table.Th>
            <Table.Th>When</Table.Th>
            <Table.Th>By</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {left.map((row) => (
            <Table.Tr key={`${row.external_id} ${row.name}`}>
              <Table.Td fw={600}>{row.name}</Table.Td>
              <Table.Td className="figures">{row.external_id}</Table.Td>
              <Table.Td>{row.why}</Table.Td>
              <Table.Td className="figures">{row.at ? formatDateTime(row.at) : ""}</Table.Td>
              <Table.Td>{row.by}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </ScrollTable>
    </>
  );
}
