import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { type Crm, useCrmWrites } from "@/api/crm";
import { problemSentences } from "@/api/problem";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { accounts } from "./crmWords";

/** The list of accounts that no push touches up to their day. */
export function CrmProtected({ crm }: { crm: Crm }) {
  const { protect } = useCrmWrites();
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    protect.mutate({ id: crm.id, text }, { onSuccess: () => setOpen(false) });
  };
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
      >
        {crm.n_protected > 0 ? `Protected: ${accounts(crm.n_protected)}` : "Protect accounts"}
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title="Protected accounts">
        <form onSubmit={submit}>
          <Stack gap="md">
            <Textarea
              label="Account id and last day, a line each"
              description="Accounts with an open deal, for example. This list takes the place of the one before; an empty one protects nobody."
              placeholder={"00123,2026-12-31\n00456,2027-01-15"}
              autosize
              minRows={5}
              maxRows={14}
              data-autofocus
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            {protect.isError && (
              <ErrorNotice title="Not taken" sentences={problemSentences(protect.error)} />
            )}
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setOpen(false)}>
                Cancel
              </Button>
              <Button type="submit" loading={protect.isPending}>
                Protect these
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
