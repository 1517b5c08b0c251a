import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";

export interface Confirmation {
  title: string;
  text: string;
  actionLabel: string;
  isDangerous: boolean;
  /** Asks for a name when given. */
  suggestedName?: string;
  run: (name: string) => void;
}

interface ConfirmDialogProps {
  confirmation: Confirmation | null;
  onClose: () => void;
}

export function ConfirmDialog({ confirmation, onClose }: ConfirmDialogProps) {
  return (
    <Modal opened={confirmation !== null} onClose={onClose} title={confirmation?.title}>
      {confirmation && <ConfirmForm confirmation={confirmation} onClose={onClose} />}
    </Modal>
  );
}

function ConfirmForm({
  confirmation,
  onClose,
}: {
  confirmation: Confirmation;
  onClose: () => void;
}) {
  const { text, actionLabel, isDangerous, suggestedName, run } = confirmation;
  const [name, setName] = useState(suggestedName ?? "");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onClose();
        run(name.trim());
      }}
    >
      <Stack gap="md">
        <Text size="sm">{text}</Text>
        {suggestedName !== undefined && (
          <TextInput
            label="Name"
            required
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" color={isDangerous ? "red" : undefined}>
            {actionLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
