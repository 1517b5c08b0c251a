import { ActionIcon, Group, Stack, Text } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconScale } from "@tabler/icons-react";
import { problemSentences } from "@/api/problem";
import type { Finding } from "@/api/types";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { AcceptedFindings } from "./AcceptedFindings";
import { FindingCard, type FindingContext } from "./FindingCard";
import classes from "./FindingsPanel.module.css";

interface FindingsPanelProps extends FindingContext {
  findings: readonly Finding[] | undefined;
  error: unknown;
  onRetry: () => void;
}

export function FindingsPanel({ findings, error, onRetry, ...context }: FindingsPanelProps) {
  const { alignment, mayWrite, focusedId, onShow } = context;
  if (error) {
    return (
      <ErrorNotice
        title="The findings did not load"
        sentences={problemSentences(error)}
        onRetry={onRetry}
      />
    );
  }
  if (!findings) return <LoadingLines label="Looking for findings" lines={6} />;
  const open = findings.filter(({ accepted }) => !accepted);
  const accepted = findings.filter((finding) => finding.accepted);
  const position = open.findIndex(({ id }) => id === focusedId);
  const step = (by: number) => {
    const next = open[(Math.max(position, by > 0 ? -1 : 0) + by + open.length) % open.length];
    if (next) onShow(next);
  };
  return (
    <Stack gap="sm">
      {open.length === 0 ? (
        <EmptyState title="Nothing found" icon={<IconScale size={28} />}>
          {accepted.length > 0
            ? "All that was found has been accepted."
            : "Every territory is in band, covered and in one piece."}{" "}
          Publish when you are content.
        </EmptyState>
      ) : (
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm" c="dimmed">
            Ranked by the money they touch
          </Text>
          <Group gap={4} wrap="nowrap" flex="none">
            <ActionIcon aria-label="Previous finding" onClick={() => step(-1)}>
              <IconChevronLeft size={18} />
            </ActionIcon>
            <Text size="sm" className="figures" aria-live="polite" flex="none">
              {position < 0 ? "–" : position + 1} / {open.length}
            </Text>
            <ActionIcon aria-label="Next finding" onClick={() => step(1)}>
              <IconChevronRight size={18} />
            </ActionIcon>
          </Group>
        </Group>
      )}
      <ol className={classes.list}>
        {open.map((finding) => (
          <FindingCard key={finding.id} finding={finding} {...context} />
        ))}
      </ol>
      <AcceptedFindings {...{ alignment, mayWrite, onShow }} findings={accepted} />
    </Stack>
  );
}
