import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { isAtWork, type Push, rollbackUrl, usePush, usePushWrites } from "@/api/crm";
import { cancelJob } from "@/api/jobs";
import { problemSentences } from "@/api/problem";
import { formatDateTime } from "@/domain/format";
import { type Confirmation, ConfirmDialog } from "@/ui/ConfirmDialog";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { FigureTable } from "@/ui/FigureTable";
import { ProgressWithCancel } from "@/ui/ProgressWithCancel";
import { Tag } from "@/ui/Tag";
import classes from "./connections.module.css";
import { accounts, LISTED, notTaken, planFigures, pushState } from "./crmWords";
import { PushRows } from "./PushRows";

interface PushCardProps {
  /** As the list has it: without the number of its rows. */
  listed: Push;
  crmName: string;
  isNewest: boolean;
}

export function PushCard({ listed, crmName, isNewest }: PushCardProps) {
  const version = `${listed.state} ${listed.job?.id} ${listed.job?.state}`;
  const detail = usePush(listed.id, version);
  const push = { ...listed, rows: detail.data?.rows ?? {} };
  const { label, tone } = pushState(push);
  return (
    <Stack gap="xs" className={classes.delivery} component="article">
      <Group gap="xs">
        <Text size="sm" fw={600}>
          {push.alignment_name}
        </Text>
        <Tag tone={tone}>{label}</Tag>
        <Text size="sm" c="dimmed" className="figures">
          {formatDateTime(push.created_at)}
        </Text>
      </Group>
      {isAtWork(push) && push.job ? (
        <ProgressWithCancel
          label={label}
          fraction={push.job.progress ?? null}
          message={push.job.message ?? ""}
          onCancel={() => push.job && cancelJob(push.job.id)}
        />
      ) : (
        <Ended push={push} crmName={crmName} isNewest={isNewest} version={version} />
      )}
    </Stack>
  );
}

interface EndedProps {
  push: Push;
  crmName: string;
  isNewest: boolean;
  version: string;
}

function Ended({ push, crmName, isNewest, version }: EndedProps) {
  const { rows } = push;
  const done = rows.done ?? 0;
  return (
    <>
      {push.error && (
        <Text size="sm" c="var(--over)">
          {push.error}
        </Text>
      )}
      {push.against && push.state !== "done" && (
        <>
          <FigureTable head={["Accounts", "Number"]} rows={planFigures(push)} />
          <Text size="sm" c="dimmed">
            {push.against === "crm"
              ? `Compared with what ${crmName} holds.`
              : `${crmName} cannot be read: compared with what was last pushed.`}
          </Text>
        </>
      )}
      {push.state === "done" && (
        <Text size="sm">
          {accounts(done)} pushed
          {notTaken(rows) > 0 && `, ${accounts(notTaken(rows))} not taken`}.
        </Text>
      )}
      <Actions push={push} crmName={crmName} isNewest={isNewest} />
      {LISTED.filter(({ state }) => (rows[state] ?? 0) > 0).map(({ state, title }) => (
        <details key={state} className={classes.sent}>
          <summary>
            {title}: {accounts(rows[state] ?? 0)}
          </summary>
          <PushRows pushId={push.id} state={state} title={title} version={version} />
        </details>
      ))}
    </>
  );
}

function Actions({ push, crmName, isNewest }: Omit<EndedProps, "version">) {
  const { start, retry } = usePushWrites();
  const [confirmation, setConfirmation] = useState<Confirmation | null>(null);
  const refused = [start, retry].find(({ isError }) => isError);
  const left = notTaken(push.rows);
  const askToPush = () =>
    setConfirmation({
      title: `Push to ${crmName}?`,
      text: `${accounts(push.n_to_push)} get the owner and territory of “${push.alignment_name}”. What they had before can be downloaded afterwards.`,
      actionLabel: `Push ${accounts(push.n_to_push)}`,
      isDangerous: false,
      run: () => start.mutate({ id: push.id, confirmed: push.n_to_push }),
    });
  const canRetry = left > 0 && push.against && push.state !== "planned";
  return (
    <>
      <Group gap="xs">
        {isNewest && push.state === "planned" && push.n_to_push > 0 && (
          <Button size="compact-sm" onClick={askToPush} loading={start.isPending}>
            Push {accounts(push.n_to_push)}
          </Button>
        )}
        {push.state === "planned" && push.n_to_push === 0 && (
          <Text size="sm">Nothing differs: there is nothing to push.</Text>
        )}
        {canRetry && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => retry.mutate(push.id)}
            loading={retry.isPending}
          >
            Try {accounts(left)} again
          </Button>
        )}
        {(push.rows.done ?? 0) > 0 && (
          <Anchor size="sm" href={rollbackUrl(push.id)} download>
            Rollback file
          </Anchor>
        )}
      </Group>
      {refused && (
        <ErrorNotice title="That did not work" sentences={problemSentences(refused.error)} />
      )}
      <ConfirmDialog confirmation={confirmation} onClose={() => setConfirmation(null)} />
    </>
  );
}
