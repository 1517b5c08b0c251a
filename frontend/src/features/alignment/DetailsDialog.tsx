import { Button, Group, Modal, Stack, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { alignmentKeys, updateAlignment } from "@/api/alignments";
import { problemSentences } from "@/api/problem";
import type { Alignment } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";

const NOTES_MAX = 4000;

interface DetailsDialogProps {
  alignment: Alignment;
  isOpen: boolean;
  onClose: () => void;
}

/** What a scenario is called, and what should be known about it. */
export function DetailsDialog({ alignment, isOpen, onClose }: DetailsDialogProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Name and notes">
      {isOpen && <DetailsForm alignment={alignment} onClose={onClose} />}
    </Modal>
  );
}

function DetailsForm({ alignment, onClose }: Omit<DetailsDialogProps, "isOpen">) {
  const queries = useQueryClient();
  const [name, setName] = useState(alignment.name);
  const [notes, setNotes] = useState(alignment.notes);
  const save = useMutation({
    mutationFn: () =>
      updateAlignment(alignment.id, alignment.revision, { name: name.trim(), notes }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: alignmentKeys.list });
      await queries.invalidateQueries({ queryKey: alignmentKeys.one(alignment.id) });
      onClose();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Name"
          required
          maxLength={200}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          label="Notes"
          description="What it tries, what it assumes, who asked for it"
          autosize
          minRows={4}
          maxRows={12}
          maxLength={NOTES_MAX}
          value={notes}
          onChange={(event) => setNotes(event.currentTarget.value)}
        />
        {save.isError && <ErrorNotice title="Not saved" sentences={problemSentences(save.error)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!name.trim()}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
