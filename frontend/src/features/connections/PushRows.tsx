import { Button, Table } from "@mantine/core";
import { type PushRow, usePushRows } from "@/api/crm";
import { problemSentences } from "@/api/problem";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { ScrollTable } from "@/ui/ScrollTable";

interface PushRowsProps {
  pushId: number;
  state: PushRow["state"];
  title: string;
  version: string;
}

export function PushRows({ pushId, state, title, version }: PushRowsProps) {
  const rows = usePushRows(pushId, state, version);
  if (rows.isPending) return <LoadingLines label="Loading the accounts" />;
  if (rows.isError) {
    return (
      <ErrorNotice
        title="The accounts could not be loaded"
        sentences={problemSentences(rows.error)}
        onRetry={rows.refetch}
      />
    );
  }
  return (
    <>
      <ScrollTable label={title} maxHeight={280}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Account</Table.Th>
            <Table.Th>Why</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.data.pages
            .flatMap(({ results }) => results)
            .map(({ id, name, external_id, words }) => (
              <Table.Tr key={id}>
                <Table.Td>
                  {name} ({external_id})
                </Table.Td>
                <Table.Td>{words}</Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </ScrollTable>
      {rows.hasNextPage && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => rows.fetchNextPage()}
          loading={rows.isFetchingNextPage}
        >
          Show more
        </Button>
      )}
    </>
  );
}
