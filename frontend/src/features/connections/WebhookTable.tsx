import { Button, Group, Table, Text, VisuallyHidden } from "@mantine/core";
import type { Webhook } from "@/api/connections";
import { formatDateTime } from "@/domain/format";
import { ScrollTable } from "@/ui/ScrollTable";
import { Tag } from "@/ui/Tag";
import classes from "./connections.module.css";
import { deliveryState, eventWords } from "./connectionWords";

interface WebhookTableProps {
  webhooks: readonly Webhook[];
  onOpen: (id: number) => void;
}

export function WebhookTable({ webhooks, onOpen }: WebhookTableProps) {
  return (
    <ScrollTable label="List of webhooks">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Address</Table.Th>
          <Table.Th>Told of</Table.Th>
          <Table.Th>State</Table.Th>
          <Table.Th>Last delivery</Table.Th>
          <Table.Th>
            <VisuallyHidden>Open</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {webhooks.map((webhook) => (
          <Table.Tr key={webhook.id}>
            <Table.Td fw={600} miw="16rem" className={classes.address}>
              {webhook.url}
            </Table.Td>
            <Table.Td miw="12rem">{webhook.events.map(eventWords).join(", ")}</Table.Td>
            <Table.Td>
              <Tag tone={webhook.is_active ? "good" : "quiet"}>
                {webhook.is_active ? "On" : "Off"}
              </Tag>
            </Table.Td>
            <Table.Td>
              <LastDelivery webhook={webhook} />
            </Table.Td>
            <Table.Td ta="right">
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => onOpen(webhook.id)}
                aria-haspopup="dialog"
                aria-label={`Open ${webhook.url}`}
              >
                Open
              </Button>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </ScrollTable>
  );
}

function LastDelivery({ webhook: { last_delivery } }: { webhook: Webhook }) {
  if (!last_delivery) return <Text size="sm">None yet</Text>;
  const { label, tone } = deliveryState(last_delivery);
  return (
    <Group gap="xs" wrap="nowrap">
      <Tag tone={tone}>{label}</Tag>
      <Text size="sm" className="figures" miw="9rem">
        {formatDateTime(last_delivery.created_at)}
      </Text>
    </Group>
  );
}
