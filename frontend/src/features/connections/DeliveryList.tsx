import { Button, Code, Group, Stack, Text } from "@mantine/core";
import { type Delivery, useDeliveries } from "@/api/connections";
import { problemSentences } from "@/api/problem";
import { formatDateTime } from "@/domain/format";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { Tag } from "@/ui/Tag";
import classes from "./connections.module.css";
import { deliverySentences, deliveryState, eventWords } from "./connectionWords";

interface DeliveryListProps {
  webhookId: number;
  canSend: boolean;
  onSendAgain: (id: number) => void;
  sendingId: number | null;
}

export function DeliveryList({ webhookId, canSend, onSendAgain, sendingId }: DeliveryListProps) {
  const deliveries = useDeliveries(webhookId);
  if (deliveries.isPending) return <LoadingLines label="Loading the deliveries" />;
  if (deliveries.isError) {
    return (
      <ErrorNotice
        title="The deliveries could not be loaded"
        sentences={problemSentences(deliveries.error)}
        onRetry={deliveries.refetch}
      />
    );
  }
  const all = deliveries.data.pages.flatMap(({ results }) => results);
  if (all.length === 0) {
    return (
      <EmptyState title="Nothing sent yet">
        Send a test to see whether it arrives, without waiting for an event.
      </EmptyState>
    );
  }
  return (
    <>
      {all.map((delivery) => (
        <DeliveryEntry
          key={delivery.id}
          delivery={delivery}
          isSending={sendingId === delivery.id}
          onSendAgain={
            canSend && delivery.state !== "waiting" ? () => onSendAgain(delivery.id) : undefined
          }
        />
      ))}
      {deliveries.hasNextPage && (
        <Button
          variant="default"
          onClick={() => deliveries.fetchNextPage()}
          loading={deliveries.isFetchingNextPage}
        >
          Show older deliveries
        </Button>
      )}
    </>
  );
}

interface DeliveryEntryProps {
  delivery: Delivery;
  isSending: boolean;
  onSendAgain?: () => void;
}

function DeliveryEntry({ delivery, isSending, onSendAgain }: DeliveryEntryProps) {
  const { label, tone } = deliveryState(delivery);
  const name = eventWords(delivery.kind);
  const when = formatDateTime(delivery.created_at);
  return (
    <Stack gap={4} className={classes.delivery}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Group gap="xs">
          <Text size="sm" fw={600}>
            {name}
          </Text>
          <Tag tone={tone}>{label}</Tag>
          <Text size="sm" c="dimmed" className="figures">
            {when}
          </Text>
        </Group>
        {onSendAgain && (
          <Button
            size="compact-sm"
            variant="default"
            flex="none"
            onClick={onSendAgain}
            loading={isSending}
            aria-label={`Send again: ${name} of ${when}`}
          >
            Send again
          </Button>
        )}
      </Group>
      <Text size="sm" c={delivery.state === "failed" ? "var(--over)" : undefined}>
        {deliverySentences(delivery).join(" ")}
      </Text>
      <details className={classes.sent}>
        <summary>What was sent</summary>
        <Code block mt={6} className={classes.text}>
          {JSON.stringify(delivery.payload, null, 2)}
        </Code>
      </details>
    </Stack>
  );
}
