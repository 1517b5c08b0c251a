import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { type Crm, type CrmKind, useCrmWrites } from "@/api/crm";
import { problemSentences } from "@/api/problem";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { CrmFields, type Values } from "./CrmFields";

interface CrmCredentialsProps {
  crm: Crm;
  kind: CrmKind;
}

/** New credentials in place of those that are no longer taken. */
export function CrmCredentials({ crm, kind }: CrmCredentialsProps) {
  const { update, check } = useCrmWrites();
  const [isOpen, setOpen] = useState(false);
  const [credentials, setCredentials] = useState<Values>({});
  const close = () => {
    setOpen(false);
    setCredentials({});
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    update.mutate(
      { id: crm.id, credentials },
      {
        onSuccess: () => {
          close();
          check.mutate(crm.id);
        },
      },
    );
  };
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
      >
        New credentials
      </Button>
      <Modal opened={isOpen} onClose={close} title={`New credentials for ${crm.name}`}>
        <form onSubmit={submit}>
          <Stack gap="md">
            <Text size="sm" c="dimmed">
              All of them anew: what was entered before cannot be shown.
            </Text>
            <CrmFields
              fields={kind.credentials}
              areSecret
              values={credentials}
              onChange={setCredentials}
            />
            {update.isError && (
              <ErrorNotice title="Not changed" sentences={problemSentences(update.error)} />
            )}
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                Cancel
              </Button>
              <Button type="submit" loading={update.isPending}>
                Change and check
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
