import { Button, Checkbox, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { type Scope, useCreateApiToken } from "@/api/connections";
import { problemSentences } from "@/api/problem";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LIFETIMES, SCOPES } from "./connectionWords";
import { SecretOnce } from "./SecretOnce";

interface NewTokenDialogProps {
  isOpen: boolean;
  onClose: () => void;
}

export function NewTokenDialog({ isOpen, onClose }: NewTokenDialogProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="New API token">
      {isOpen && <NewToken onClose={onClose} />}
    </Modal>
  );
}

function NewToken({ onClose }: { onClose: () => void }) {
  const create = useCreateApiToken();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<string[]>(["read"]);
  const [days, setDays] = useState("90");
  if (create.data) {
    return (
      <SecretOnce
        label={create.data.name}
        secret={create.data.secret}
        advice="Programs send it as “Authorization: Bearer …” with every call."
        onDone={onClose}
      />
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({
      name: name.trim(),
      scopes: scopes as Scope[],
      expires_in_days: Number(days),
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label="Name"
          description="The program that will use it."
          placeholder="Nightly CRM sync"
          required
          maxLength={100}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox.Group label="Scopes" required value={scopes} onChange={setScopes}>
          <Stack gap="xs" mt={6}>
            {SCOPES.map(({ scope, label, holds }) => (
              <Checkbox key={scope} value={scope} label={label} description={holds} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Select
          label="Good for"
          data={LIFETIMES}
          value={days}
          onChange={(value) => value && setDays(value)}
          allowDeselect={false}
        />
        {create.isError && (
          <ErrorNotice title="Not made" sentences={problemSentences(create.error)} />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={scopes.length === 0} loading={create.isPending}>
            Make token
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
