import { ActionIcon, Button, Group, Stack, Text } from "@mantine/core";
import {
  IconAlertTriangle,
  IconChevronLeft,
  IconChevronRight,
  IconCircleOff,
  IconMapPinOff,
  IconScale,
  IconScissors,
  IconStack2,
  IconUserOff,
  IconZzz,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import { problemSentences } from "@/api/problem";
import type { Finding, FindingKind } from "@/api/types";
import { formatCount, formatMoney } from "@/domain/format";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import classes from "./FindingsPanel.module.css";

const ICONS: Record<FindingKind, ComponentType<{ size?: number }>> = {
  overloaded: IconAlertTriangle,
  idle: IconZzz,
  overlap: IconStack2,
  white_space: IconCircleOff,
  vacant: IconUserOff,
  split: IconScissors,
  unplotted: IconMapPinOff,
};

interface FindingsPanelProps {
  findings: readonly Finding[] | undefined;
  error: unknown;
  currency: string;
  focusedId: string | null;
  canEdit: boolean;
  onRetry: () => void;
  onShow: (finding: Finding) => void;
  onAct: (finding: Finding) => void;
}

export function FindingsPanel(props: FindingsPanelProps) {
  const { findings, error, focusedId, onShow } = props;
  if (error) {
    return (
      <ErrorNotice
        title="The findings did not load"
        sentences={problemSentences(error)}
        onRetry={props.onRetry}
      />
    );
  }
  if (!findings) return <LoadingLines label="Looking for findings" lines={6} />;
  if (findings.length === 0) {
    return (
      <EmptyState title="Nothing found" icon={<IconScale size={28} />}>
        Every territory is in band, covered and in one piece. Publish when you are content.
      </EmptyState>
    );
  }
  const position = findings.findIndex(({ id }) => id === focusedId);
  const step = (by: number) => {
    const next =
      findings[(Math.max(position, by > 0 ? -1 : 0) + by + findings.length) % findings.length];
    if (next) onShow(next);
  };
  return (
    <Stack gap="sm">
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" c="dimmed">
          Ranked by the money they touch
        </Text>
        <Group gap={4} wrap="nowrap" flex="none">
          <ActionIcon aria-label="Previous finding" onClick={() => step(-1)}>
            <IconChevronLeft size={18} />
          </ActionIcon>
          <Text size="sm" className="figures" aria-live="polite" flex="none">
            {position < 0 ? "–" : position + 1} / {findings.length}
          </Text>
          <ActionIcon aria-label="Next finding" onClick={() => step(1)}>
            <IconChevronRight size={18} />
          </ActionIcon>
        </Group>
      </Group>
      <ol className={classes.list}>
        {findings.map((finding) => (
          <FindingCard key={finding.id} finding={finding} {...props} />
        ))}
      </ol>
    </Stack>
  );
}

function FindingCard({
  finding,
  currency,
  focusedId,
  canEdit,
  onShow,
  onAct,
}: FindingsPanelProps & { finding: Finding }) {
  const Icon = ICONS[finding.kind] ?? IconAlertTriangle;
  return (
    <li
      className={classes.card}
      data-kind={finding.kind}
      data-focused={finding.id === focusedId || undefined}
    >
      <Group gap={8} wrap="nowrap" align="flex-start">
        <span className={classes.icon}>
          <Icon size={18} />
        </span>
        <Text size="sm" fw={650} component="h2">
          {finding.title}
        </Text>
      </Group>
      <Text size="sm">{finding.detail}</Text>
      <Text size="sm" className="figures" c="dimmed">
        {moneySentence(finding, currency)}
      </Text>
      <Group gap="xs" mt={4}>
        <Button size="compact-sm" variant="default" onClick={() => onShow(finding)}>
          Show
        </Button>
        {canEdit && finding.action && (
          <Button size="compact-sm" variant="light" onClick={() => onAct(finding)}>
            {finding.action.label}
          </Button>
        )}
      </Group>
    </li>
  );
}

function moneySentence(finding: Finding, currency: string): string {
  const parts: string[] = [];
  if (finding.revenue_minor !== null) {
    parts.push(`${formatMoney(finding.revenue_minor, currency)} revenue`);
  }
  if (finding.potential_minor !== null) {
    parts.push(`${formatMoney(finding.potential_minor, currency)} potential`);
  }
  if (finding.n_accounts !== null) {
    const noun = finding.n_accounts === 1 ? "account" : "accounts";
    parts.push(`${formatCount(finding.n_accounts)} ${noun}`);
  }
  return parts.join(" · ");
}
