import { Badge, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { formatDateTime } from "@/domain/format";
import { effectWords, type HistoryLine } from "./historyLines";

interface ChangeLineProps {
  line: HistoryLine;
  timeZone: string;
  mayWrite: boolean;
  /** The present revision. */
  latest: number;
  /** The revision a comparison starts from, once one was chosen. */
  from: number | null;
  isBusy: boolean;
  onFrom: (revision: number | null) => void;
  onCompare: (before: number, after: number) => void;
  onOpen: (revision: number) => void;
  onName: (name: string, revision: number) => void;
}

/** Who did what, what it touched, and what can be made of that point of the history. */
export function ChangeLine({ line, timeZone, mayWrite, ...props }: ChangeLineProps) {
  const { change, names } = line;
  const revision = change.revision_after;
  const effect = effectWords(change.effect);
  return (
    <Stack gap={2} component="li" className="plain-item">
      <Group gap="xs">
        <Text size="sm" fw={600} td={change.is_undone ? "line-through" : undefined}>
          {change.label}
        </Text>
        {change.is_undone && (
          <Badge size="xs" variant="light" color="gray">
            undone
          </Badge>
        )}
        {names.map((name) => (
          <Badge key={name} size="sm" variant="outline" tt="none">
            {name}
          </Badge>
        ))}
      </Group>
      <Text size="xs" c="dimmed">
        {change.member_name} · {formatDateTime(change.created_at, timeZone)} · revision {revision}
        {effect && ` · ${effect}`}
      </Text>
      {mayWrite && <PointActions {...props} revision={revision} />}
    </Stack>
  );
}

function PointActions(
  props: Omit<ChangeLineProps, "line" | "timeZone" | "mayWrite"> & { revision: number },
) {
  const { revision, latest, from, isBusy } = props;
  const [name, setName] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name?.trim()) props.onName(name.trim(), revision);
    setName(null);
  };
  if (name !== null) {
    return (
      <form onSubmit={submit}>
        <Group gap="xs" wrap="nowrap">
          <TextInput
            size="xs"
            aria-label={`Name of revision ${revision}`}
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <Button size="compact-xs" type="submit" disabled={!name.trim()}>
            Save
          </Button>
        </Group>
      </form>
    );
  }
  const before = from === null ? revision : Math.min(from, revision);
  const after = from === null ? latest : Math.max(from, revision);
  return (
    <Group gap={4}>
      <Button
        size="compact-xs"
        variant="subtle"
        disabled={isBusy}
        onClick={() => props.onOpen(revision)}
      >
        Open as a new scenario
      </Button>
      <Button size="compact-xs" variant="subtle" onClick={() => setName("")}>
        Name
      </Button>
      {before !== after && (
        <Button
          size="compact-xs"
          variant="subtle"
          disabled={isBusy}
          onClick={() => props.onCompare(before, after)}
        >
          {from === null ? "Compare with now" : `Compare with revision ${from}`}
        </Button>
      )}
      <Button
        size="compact-xs"
        variant={from === revision ? "light" : "subtle"}
        aria-pressed={from === revision}
        onClick={() => props.onFrom(from === revision ? null : revision)}
      >
        Compare from here
      </Button>
    </Group>
  );
}
