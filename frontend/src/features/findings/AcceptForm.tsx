import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { alignmentKeys } from "@/api/alignments";
import { acceptFinding } from "@/api/balancing";
import { problemSentences } from "@/api/problem";
import type { Alignment, Finding } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";

interface AcceptFormProps {
  alignment: Alignment;
  finding: Finding;
  onDone: () => void;
}

/** Live with a finding: it stays in sight, last in the list, and is not counted until its day has passed. */
export function AcceptForm({ alignment, finding, onDone }: AcceptFormProps) {
  const queries = useQueryClient();
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState("");
  const accept = useMutation({
    mutationFn: () => acceptFinding(alignment.id, finding.id, reason.trim(), until || null),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: alignmentKeys.part(alignment.id, "findings") });
      onDone();
    },
  });
  return (
    <form
      aria-label={`Accept: ${finding.title}`}
      onSubmit={(event) => {
        event.preventDefault();
        accept.mutate();
      }}
    >
      <Stack gap="xs" mt={4}>
        <TextInput
          label="Why it may stay"
          size="xs"
          required
          maxLength={300}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <TextInput
          label="Until"
          description="Empty: until it is reopened"
          size="xs"
          type="date"
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        {accept.isError && (
          <ErrorNotice title="Not accepted" sentences={problemSentences(accept.error)} />
        )}
        <Group gap="xs">
          <Button
            type="submit"
            size="compact-sm"
            loading={accept.isPending}
            disabled={!reason.trim()}
          >
            Accept
          </Button>
          <Button size="compact-sm" variant="default" onClick={onDone}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
