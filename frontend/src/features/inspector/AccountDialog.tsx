import {
  Anchor,
  Button,
  Group,
  Modal,
  NativeSelect,
  Stack,
  Table,
  Text,
  TextInput,
} from "@mantine/core";
import { useState } from "react";
import { useAccount } from "@/api/accounts";
import { problemSentences } from "@/api/problem";
import type { Account, Alignment, EditOperation, Territory } from "@/api/types";
import { formatMoney, formatNumber } from "@/domain/format";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";

interface AccountDialogProps {
  accountId: number | null;
  alignment: Alignment;
  territories: readonly Territory[];
  currency: string;
  canEdit: boolean;
  onEdit: (operation: EditOperation, label: string) => void;
  onClose: () => void;
}

export function AccountDialog(props: AccountDialogProps) {
  const { accountId, alignment, onClose } = props;
  const account = useAccount(accountId, alignment.id);
  return (
    <Modal
      opened={accountId !== null}
      onClose={onClose}
      title={account.data?.name ?? "Account"}
      size="lg"
    >
      {account.isPending && <LoadingLines label="Loading the account" />}
      {account.isError && (
        <ErrorNotice
          title="The account did not load"
          sentences={problemSentences(account.error)}
          onRetry={() => void account.refetch()}
        />
      )}
      {account.data && <AccountDetails {...props} account={account.data} />}
    </Modal>
  );
}

function AccountDetails({ account, ...props }: AccountDialogProps & { account: Account }) {
  const place = [account.street, account.city, account.region, account.postal_code]
    .filter(Boolean)
    .join(", ");
  const rows: [string, string][] = [
    ["Account id", account.external_id],
    ["Address", place || "not given"],
    ["Position", account.geocode_quality || "not given"],
    ["Segment", account.segment || "–"],
    ["CRM owner", account.crm_owner || "–"],
    ["Territory", account.territory?.name ?? "nobody’s"],
    ["Revenue", formatMoney(account.revenue_minor, props.currency)],
    ["Potential", formatMoney(account.potential_minor, props.currency)],
    ["Pipeline", formatMoney(account.pipeline_minor, props.currency)],
    [
      "Workload",
      `${formatNumber(account.workload_h)} h a year: ${formatNumber(account.visits_per_year)} visits of ${formatNumber(account.service_min_per_visit)} min`,
    ],
  ];
  return (
    <Stack gap="md">
      <Table fz="sm" verticalSpacing={4}>
        <Table.Tbody>
          {rows.map(([label, value]) => (
            <Table.Tr key={label}>
              <Table.Th fw={500}>{label}</Table.Th>
              <Table.Td>{value}</Table.Td>
            </Table.Tr>
          ))}
          {account.phone && (
            <Table.Tr>
              <Table.Th fw={500}>Phone</Table.Th>
              <Table.Td>
                <Anchor href={`tel:${account.phone.replaceAll(" ", "")}`}>{account.phone}</Anchor>
              </Table.Td>
            </Table.Tr>
          )}
        </Table.Tbody>
      </Table>
      {props.canEdit && <OverrideForm {...props} account={account} />}
    </Stack>
  );
}

function OverrideForm({
  account,
  territories,
  onEdit,
  onClose,
}: AccountDialogProps & { account: Account }) {
  const [territoryId, setTerritoryId] = useState(String(account.territory?.id ?? ""));
  const [reason, setReason] = useState("");
  const target = territories.find(({ id }) => String(id) === territoryId);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!target) return;
        onEdit(
          {
            op: "set_overrides",
            account_ids: [account.id],
            territory_id: target.id,
            reason: reason.trim(),
          },
          `Keep ${account.name} with ${target.name}`,
        );
        onClose();
      }}
    >
      <Stack gap="xs">
        <Text size="sm" fw={650}>
          Keep with one territory, whatever the map says
        </Text>
        <Group grow align="flex-end">
          <NativeSelect
            label="Territory"
            size="sm"
            value={territoryId}
            onChange={(event) => setTerritoryId(event.currentTarget.value)}
            data={[
              { value: "", label: "choose…" },
              ...territories.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
          />
          <TextInput
            label="Reason"
            size="sm"
            required
            placeholder="Long-standing contact"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </Group>
        <Group justify="flex-end">
          <Button
            variant="default"
            size="sm"
            onClick={() => {
              onEdit(
                { op: "clear_overrides", account_ids: [account.id] },
                `Let the map decide on ${account.name}`,
              );
              onClose();
            }}
          >
            Let the map decide
          </Button>
          <Button type="submit" size="sm" disabled={!target || reason.trim() === ""}>
            Keep there
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
