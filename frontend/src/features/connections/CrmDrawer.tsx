import { Button, Drawer, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { type Crm, type CrmKind, isAtWork, useCrmWrites } from "@/api/crm";
import { problemSentences } from "@/api/problem";
import { Callout } from "@/ui/Callout";
import { type Confirmation, ConfirmDialog } from "@/ui/ConfirmDialog";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { CrmCredentials } from "./CrmCredentials";
import { CrmProtected } from "./CrmProtected";
import { CrmPushes } from "./CrmPushes";
import classes from "./connections.module.css";
import { crmState } from "./crmWords";

interface CrmDrawerProps {
  crm: Crm | null;
  kind: CrmKind | undefined;
  onClose: () => void;
}

export function CrmDrawer({ crm, kind, onClose }: CrmDrawerProps) {
  return (
    <Drawer opened={crm !== null} onClose={onClose} position="right" size="lg" title={crm?.name}>
      {crm && <CrmDetail key={crm.id} crm={crm} kind={kind} onDeleted={onClose} />}
    </Drawer>
  );
}

interface CrmDetailProps {
  crm: Crm;
  kind: CrmKind | undefined;
  onDeleted: () => void;
}

function CrmDetail({ crm, kind, onDeleted }: CrmDetailProps) {
  const { check, pull, remove } = useCrmWrites();
  const [confirmation, setConfirmation] = useState<Confirmation | null>(null);
  const refused = [check, pull, remove].find(({ isError }) => isError);
  const askToDelete = () =>
    setConfirmation({
      title: "Delete this connection?",
      text: `${crm.name} keeps what was pushed. Its credentials, its pushes and their rollback files go for good.`,
      actionLabel: "Delete connection",
      isDangerous: true,
      run: () => remove.mutate(crm.id, { onSuccess: onDeleted }),
    });
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed" className={classes.address}>
        {kind?.label ?? crm.kind} · {crm.base_url}
      </Text>
      <SignIn crm={crm} />
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => check.mutate(crm.id)}
          loading={check.isPending || isAtWork(crm)}
        >
          Check
        </Button>
        {crm.kind !== "rest" && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => pull.mutate(crm.id)}
            loading={pull.isPending}
            disabled={isAtWork(crm)}
          >
            Read accounts
          </Button>
        )}
        {kind && <CrmCredentials crm={crm} kind={kind} />}
        <CrmProtected crm={crm} />
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
      <CrmPushes crm={crm} />
      <ConfirmDialog confirmation={confirmation} onClose={() => setConfirmation(null)} />
    </Stack>
  );
}

/** How the CRM stands to us, in words. */
function SignIn({ crm }: { crm: Crm }) {
  const { label } = crmState(crm);
  if (isAtWork(crm)) {
    return (
      <Callout tone="info" title={label} isLive>
        {crm.job?.message}
      </Callout>
    );
  }
  if (crm.state === "ready") {
    return (
      <Callout tone="info" title={label} isLive>
        {crm.signed_in_as ? `As ${crm.signed_in_as}.` : "The last call went through."}
      </Callout>
    );
  }
  if (crm.state === "new") {
    return (
      <Callout tone="info" title={label}>
        Check whether its credentials are taken.
      </Callout>
    );
  }
  return (
    <Callout tone="warn" title={label} isLive>
      {crm.last_error}
    </Callout>
  );
}
