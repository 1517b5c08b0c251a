import { Checkbox, Group, Stack, Table, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { problemSentences } from "@/api/problem";
import type { ImportAbsent } from "@/api/types";
import { useSession } from "@/api/workspace";
import { formatCount, formatMoney } from "@/domain/format";
import { Callout } from "@/ui/Callout";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { ScrollTable } from "@/ui/ScrollTable";

interface AbsentPanelProps {
  absent: UseQueryResult<ImportAbsent>;
  isConfirmed: boolean;
  onConfirm: (isConfirmed: boolean) => void;
}

/** What a replacement would take out, before it does: nothing disappears that was not shown here. */
export function AbsentPanel({ absent, isConfirmed, onConfirm }: AbsentPanelProps) {
  if (absent.isPending) return <LoadingLines label="Looking which accounts would disappear" />;
  if (absent.isError) {
    return (
      <ErrorNotice
        title="It could not be said what would disappear"
        sentences={problemSentences(absent.error)}
        onRetry={() => absent.refetch()}
      />
    );
  }
  const { n_accounts } = absent.data;
  if (n_accounts === 0) {
    return (
      <Callout tone="info" title="Nothing would disappear" isLive>
        Every account of this workspace is in the file.
      </Callout>
    );
  }
  return (
    <Stack gap="sm">
      <AbsentSummary absent={absent.data} />
      <AbsentTable absent={absent.data} />
      <Checkbox
        checked={isConfirmed}
        onChange={(event) => onConfirm(event.currentTarget.checked)}
        label={`Yes, let ${countOf(n_accounts)} disappear`}
      />
    </Stack>
  );
}

function AbsentSummary({ absent }: { absent: ImportAbsent }) {
  const currency = useCurrency();
  const { n_accounts, revenue_minor, n_assigned, n_overridden } = absent;
  return (
    <Callout tone="bad" title={`${countOf(n_accounts)} would disappear`} isLive>
      <Text size="sm" className="figures">
        Their revenue is {formatMoney(revenue_minor, currency)}.{" "}
        {n_assigned === 0
          ? "None of them belongs to a territory of a live alignment."
          : `${formatCount(n_assigned)} of them ${n_assigned === 1 ? "belongs" : "belong"} to a territory of a live alignment.`}{" "}
        {n_overridden > 0 &&
          `${formatCount(n_overridden)} ${n_overridden === 1 ? "is" : "are"} kept with a territory by name. `}
        Undo brings them back, as long as the import is among the last five.
      </Text>
    </Callout>
  );
}

function AbsentTable({ absent }: { absent: ImportAbsent }) {
  const currency = useCurrency();
  const { first, n_accounts } = absent;
  return (
    <>
      {first.length < n_accounts && (
        <Group>
          <Text size="sm" c="dimmed">
            The {formatCount(first.length)} with the most revenue:
          </Text>
        </Group>
      )}
      <ScrollTable label="Accounts that would disappear" maxHeight={320}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Account</Table.Th>
            <Table.Th>Id</Table.Th>
            <Table.Th>City</Table.Th>
            <Table.Th ta="right">Revenue</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {first.map((account) => (
            <Table.Tr key={account.external_id}>
              <Table.Td fw={600}>{account.name}</Table.Td>
              <Table.Td className="figures">{account.external_id}</Table.Td>
              <Table.Td>{account.city}</Table.Td>
              <Table.Td ta="right" className="figures">
                {formatMoney(account.revenue_minor, currency)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </ScrollTable>
    </>
  );
}

const countOf = (n: number) => `${formatCount(n)} ${n === 1 ? "account" : "accounts"}`;

function useCurrency(): string {
  return useSession().data?.workspace.currency ?? "USD";
}
