import { Button, Checkbox, Group, Modal, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { type EventKind, useWebhookWrites } from "@/api/connections";
import { problemSentences } from "@/api/problem";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { EVENTS } from "./connectionWords";
import { SecretOnce } from "./SecretOnce";

interface NewWebhookDialogProps {
  isOpen: boolean;
  onClose: () => void;
}

export function NewWebhookDialog({ isOpen, onClose }: NewWebhookDialogProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="New webhook">
      {isOpen && <NewWebhook onClose={onClose} />}
    </Modal>
  );
}

function NewWebhook({ onClose }: { onClose: () => void }) {
  const { create } = useWebhookWrites();
  const [url, setUrl] = useState("");
  const [events, setEvents] = useState<string[]>([]);
  if (create.data) {
    return (
      <SecretOnce
        label="Signing secret"
        secret={create.data.secret}
        advice="The receiver checks with it that a call comes from here and is new."
        onDone={onClose}
      />
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ url: url.trim(), events: events as EventKind[] });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label="Address"
          description="Begins with https:// and can be reached on the internet."
          placeholder="https://crm.example.com/hooks/territories"
          required
          maxLength={2000}
          data-autofocus
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <Checkbox.Group label="Tell it of" required value={events} onChange={setEvents}>
          <Stack gap="xs" mt={6}>
            {EVENTS.map(({ kind, label, holds }) => (
              <Checkbox key={kind} value={kind} label={label} description={holds} />
            ))}
          </Stack>
        </Checkbox.Group>
        {create.isError && (
          <ErrorNotice title="Not made" sentences={problemSentences(create.error)} />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={events.length === 0} loading={create.isPending}>
            Make webhook
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
