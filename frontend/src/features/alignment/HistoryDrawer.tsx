import { Badge, Drawer, Group, Stack, Text } from "@mantine/core";
import { useChanges } from "@/api/alignments";
import { problemSentences } from "@/api/problem";
import type { Alignment, Change } from "@/api/types";
import { formatDateTime } from "@/domain/format";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";

interface HistoryDrawerProps {
  alignment: Alignment;
  isOpen: boolean;
  timeZone: string;
  onClose: () => void;
}

export function HistoryDrawer({ alignment, isOpen, timeZone, onClose }: HistoryDrawerProps) {
  const changes = useChanges(alignment.id, isOpen);
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      position="right"
      title={`History of “${alignment.name}”`}
    >
      {changes.isPending && <LoadingLines label="Loading the history" />}
      {changes.isError && (
        <ErrorNotice
          title="The history did not load"
          sentences={problemSentences(changes.error)}
          onRetry={() => void changes.refetch()}
        />
      )}
      {changes.data?.results.length === 0 && (
        <EmptyState title="Nothing changed yet">
          Each edit of this scenario will stand here with its author and can be undone.
        </EmptyState>
      )}
      <Stack gap="sm" component="ul" p={0} m={0}>
        {changes.data?.results.map((change) => (
          <ChangeLine key={change.id} change={change} timeZone={timeZone} />
        ))}
      </Stack>
    </Drawer>
  );
}

function ChangeLine({ change, timeZone }: { change: Change; timeZone: string }) {
  return (
    <Stack gap={0} component="li" className="plain-item">
      <Group gap="xs">
        <Text size="sm" fw={600} td={change.is_undone ? "line-through" : undefined}>
          {change.label}
        </Text>
        {change.is_undone && (
          <Badge size="xs" variant="light" color="gray">
            undone
          </Badge>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        {change.member_name} · {formatDateTime(change.created_at, timeZone)} · revision{" "}
        {change.revision_after}
      </Text>
    </Stack>
  );
}
