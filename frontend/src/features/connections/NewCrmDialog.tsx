import { Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { type CrmKind, type NewCrm, useCrmWrites } from "@/api/crm";
import { problemSentences } from "@/api/problem";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { CrmFields, type Values } from "./CrmFields";
import { PARTS } from "./crmWords";

interface NewCrmDialogProps {
  kinds: readonly CrmKind[];
  isOpen: boolean;
  onClose: () => void;
  onMade: (id: number) => void;
}

export function NewCrmDialog({ isOpen, onClose, ...rest }: NewCrmDialogProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Connect a CRM">
      {isOpen && <NewCrmForm onClose={onClose} {...rest} />}
    </Modal>
  );
}

function NewCrmForm({ kinds, onClose, onMade }: Omit<NewCrmDialogProps, "isOpen">) {
  const { create, check } = useCrmWrites();
  const [kindKey, setKindKey] = useState(kinds[0]?.key ?? "");
  const [name, setName] = useState("");
  const [url, setUrl] = useState("");
  const [credentials, setCredentials] = useState<Values>({});
  const [settings, setSettings] = useState<Values>({});
  const [part, setPart] = useState("both");
  const kind = kinds.find(({ key }) => key === kindKey);
  if (!kind) return null;
  const choose = (key: string | null) => {
    if (!key) return;
    setKindKey(key);
    setCredentials({});
    setSettings({});
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = {
      kind: kindKey as NewCrm["kind"],
      name: name.trim(),
      base_url: url.trim(),
      credentials,
      settings: { ...settings, push: part },
    };
    create.mutate(body, {
      onSuccess: ({ id }) => {
        check.mutate(id);
        onMade(id);
      },
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Select
          label="CRM"
          data={kinds.map(({ key, label }) => ({ value: key, label }))}
          value={kindKey}
          onChange={choose}
          allowDeselect={false}
        />
        <TextInput
          label="Name"
          placeholder={kind.label}
          required
          maxLength={200}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="Address"
          description="Credentials are sent to this address only; it cannot be changed later."
          placeholder={kind.url_example}
          required
          maxLength={2000}
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <CrmFields
          fields={kind.credentials}
          areSecret
          values={credentials}
          onChange={setCredentials}
        />
        <Select
          label="Push"
          data={PARTS}
          value={part}
          onChange={(value) => value && setPart(value)}
          allowDeselect={false}
        />
        <CrmFields
          fields={kind.settings}
          areSecret={false}
          values={settings}
          onChange={setSettings}
        />
        {create.isError && (
          <ErrorNotice title="Not connected" sentences={problemSentences(create.error)} />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Connect and check
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
