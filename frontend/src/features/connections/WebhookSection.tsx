import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useWebhooks } from "@/api/connections";
import { problemSentences } from "@/api/problem";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { Section } from "@/ui/Section";
import { NewWebhookDialog } from "./NewWebhookDialog";
import { WebhookDrawer } from "./WebhookDrawer";
import { WebhookTable } from "./WebhookTable";

const PURPOSE =
  "A webhook is an address that is called when something happens here: signed, tried again for up to 15 hours, and each event under an id of its own.";

export function WebhookSection({ isAdmin }: { isAdmin: boolean }) {
  const [isMaking, setMaking] = useState(false);
  if (!isAdmin) {
    return (
      <Section title="Webhooks" purpose={PURPOSE}>
        <EmptyState title="Webhooks are set up by admins">
          Ask one of them if another system should be told.
        </EmptyState>
      </Section>
    );
  }
  return (
    <Section
      title="Webhooks"
      purpose={PURPOSE}
      action={
        <Button
          leftSection={<IconPlus size={18} aria-hidden />}
          onClick={() => setMaking(true)}
          aria-haspopup="dialog"
        >
          New webhook
        </Button>
      }
    >
      <Webhooks />
      <NewWebhookDialog isOpen={isMaking} onClose={() => setMaking(false)} />
    </Section>
  );
}

function Webhooks() {
  const webhooks = useWebhooks();
  const [openId, setOpenId] = useState<number | null>(null);
  if (webhooks.isPending) return <LoadingLines label="Loading the webhooks" lines={3} />;
  if (webhooks.isError) {
    return (
      <ErrorNotice
        title="The webhooks could not be loaded"
        sentences={problemSentences(webhooks.error)}
        onRetry={webhooks.refetch}
      />
    );
  }
  if (webhooks.data.length === 0) {
    return (
      <EmptyState title="No webhooks yet">
        Add the address of the system that should hear of finished imports and runs, of proposed and
        published alignments, and of alarms.
      </EmptyState>
    );
  }
  return (
    <>
      <WebhookTable webhooks={webhooks.data} onOpen={setOpenId} />
      <WebhookDrawer
        webhook={webhooks.data.find(({ id }) => id === openId) ?? null}
        onClose={() => setOpenId(null)}
      />
    </>
  );
}
