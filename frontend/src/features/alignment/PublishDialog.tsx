import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { alignmentKeys, publishAlignment } from "@/api/alignments";
import { problemSentences } from "@/api/problem";
import type { Alignment } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";

interface PublishDialogProps {
  alignment: Alignment;
  live: Alignment | null;
  isOpen: boolean;
  onClose: () => void;
  onPublished: (alignment: Alignment) => void;
}

export function PublishDialog({
  alignment,
  live,
  isOpen,
  onClose,
  onPublished,
}: PublishDialogProps) {
  const queries = useQueryClient();
  const [date, setDate] = useState(today());
  const publish = useMutation({
    mutationFn: () => publishAlignment(alignment.id, alignment.revision, date || null),
    onSuccess: async (published) => {
      await queries.invalidateQueries({ queryKey: alignmentKeys.list });
      await queries.invalidateQueries({ queryKey: alignmentKeys.one(alignment.id) });
      onClose();
      onPublished(published);
    },
  });
  return (
    <Modal opened={isOpen} onClose={onClose} title={`Publish “${alignment.name}”`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          publish.mutate();
        }}
      >
        <Stack gap="md">
          <Text size="sm">
            Reps of {alignment.team_name} see their new territories on their phones from the
            effective date.{" "}
            {live && live.id !== alignment.id
              ? `“${live.name}” is archived and stays readable.`
              : "No alignment of this team is live yet."}
          </Text>
          <TextInput
            type="date"
            label="Effective date"
            description="The day the new territories count"
            value={date}
            onChange={(event) => setDate(event.currentTarget.value)}
            required
          />
          {publish.isError && (
            <ErrorNotice title="Not published" sentences={problemSentences(publish.error)} />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Not yet
            </Button>
            <Button type="submit" loading={publish.isPending}>
              Publish
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function today(): string {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
