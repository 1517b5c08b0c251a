import { Button, Drawer, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useWebhookWrites, type Webhook } from "@/api/connections";
import { problemSentences } from "@/api/problem";
import { Callout } from "@/ui/Callout";
import { type Confirmation, ConfirmDialog } from "@/ui/ConfirmDialog";
import { ErrorNotice } from "@/ui/ErrorNotice";
import classes from "./connections.module.css";
import { eventWords } from "./connectionWords";
import { DeliveryList } from "./DeliveryList";

interface WebhookDrawerProps {
  webhook: Webhook | null;
  onClose: () => void;
}

export function WebhookDrawer({ webhook, onClose }: WebhookDrawerProps) {
  return (
    <Drawer
      opened={webhook !== null}
      onClose={onClose}
      position="right"
      size="lg"
      title={<span className={classes.address}>{webhook?.url}</span>}
    >
      {webhook && <WebhookDetail webhook={webhook} onDeleted={onClose} />}
    </Drawer>
  );
}

function WebhookDetail({ webhook, onDeleted }: { webhook: Webhook; onDeleted: () => void }) {
  const { turn, remove, test, redeliver } = useWebhookWrites();
  const [confirmation, setConfirmation] = useState<Confirmation | null>(null);
  const refused = [turn, remove, test, redeliver].find(({ isError }) => isError);
  const { id, url, events, is_active } = webhook;
  const askToTurnOff = () =>
    setConfirmation({
      title: "Turn this webhook off?",
      text: "It is told of nothing until it is turned on again. What is still waiting is given up; it can be sent again by hand.",
      actionLabel: "Turn off",
      isDangerous: false,
      run: () => turn.mutate({ id, is_active: false }),
    });
  const askToDelete = () =>
    setConfirmation({
      title: "Delete this webhook?",
      text: `${url} is told of nothing any more. Its secret and its deliveries go for good.`,
      actionLabel: "Delete webhook",
      isDangerous: true,
      run: () => remove.mutate(id, { onSuccess: onDeleted }),
    });
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        Told of: {events.map(eventWords).join(", ")}
      </Text>
      {!is_active && (
        <Callout tone="info" title="Turned off">
          It is told of nothing until it is turned on.
        </Callout>
      )}
      <Group gap="xs">
        <Button
          size="compact-sm"
          onClick={() => test.mutate(id)}
          loading={test.isPending}
          disabled={!is_active}
        >
          Send a test
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={is_active ? askToTurnOff : () => turn.mutate({ id, is_active: true })}
          loading={turn.isPending}
        >
          {is_active ? "Turn off" : "Turn on"}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={askToDelete}
          loading={remove.isPending}
        >
          Delete
        </Button>
      </Group>
      {refused && (
        <ErrorNotice title="That did not work" sentences={problemSentences(refused.error)} />
      )}
      <Stack gap={0} component="section" aria-label="Deliveries">
        <Title order={3} size="h5">
          Deliveries
        </Title>
        <Text size="sm" c="dimmed" mb="sm">
          The newest first, kept for 30 days.
        </Text>
        <DeliveryList
          webhookId={id}
          canSend={is_active}
          onSendAgain={(delivery) => redeliver.mutate(delivery)}
          sendingId={redeliver.isPending ? redeliver.variables : null}
        />
      </Stack>
      <ConfirmDialog confirmation={confirmation} onClose={() => setConfirmation(null)} />
    </Stack>
  );
}
