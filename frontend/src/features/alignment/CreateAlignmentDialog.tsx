import { Anchor, Button, Group, Modal, NativeSelect, Radio, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { alignmentKeys, createAlignment, useUnitLayers } from "@/api/alignments";
import { problemSentences } from "@/api/problem";
import type { Alignment, Basis, NewAlignment } from "@/api/types";
import { useTeams } from "@/api/workspace";
import { ErrorNotice } from "@/ui/ErrorNotice";

type Source = NewAlignment["source"];

const SOURCES: { value: Source; label: string; description: string }[] = [
  {
    value: "copy",
    label: "A copy of an alignment",
    description: "Change it freely; the original stays as it is",
  },
  {
    value: "crm_owner",
    label: "The CRM owners of the accounts",
    description:
      "One territory per owner: each unit goes to who has most of it, the rest are named accounts",
  },
  {
    value: "unit_layer",
    label: "A unit layer",
    description: "Counties or hexagons, grouped by which rep is nearest",
  },
  { value: "blank", label: "Nothing", description: "An empty map to draw on" },
];

interface CreateAlignmentDialogProps {
  isOpen: boolean;
  alignments: readonly Alignment[];
  current: Alignment | null;
  onClose: () => void;
  onCreated: (alignment: Alignment) => void;
}

export function CreateAlignmentDialog(props: CreateAlignmentDialogProps) {
  return (
    <Modal opened={props.isOpen} onClose={props.onClose} title="New scenario" size="lg">
      <CreateForm {...props} />
    </Modal>
  );
}

function CreateForm({ alignments, current, onClose, onCreated }: CreateAlignmentDialogProps) {
  const queries = useQueryClient();
  const teams = useTeams();
  const layers = useUnitLayers();
  const readyLayers = layers.data?.filter(({ state }) => state === "ready") ?? [];
  const [name, setName] = useState(current ? `${current.name}, changed` : "First alignment");
  const [source, setSource] = useState<Source>(current ? "copy" : "crm_owner");
  const [basis, setBasis] = useState<Basis>("units");
  const [teamId, setTeamId] = useState<number | null>(current?.team_id ?? null);
  const [copyOf, setCopyOf] = useState<number | null>(current?.id ?? null);
  const [layerId, setLayerId] = useState<number | null>(null);

  const team = teamId ?? teams.data?.[0]?.id ?? null;
  const layer = layerId ?? readyLayers[0]?.id ?? null;
  const isDrawn = source === "blank" && basis === "drawn";
  const needsLayer = source !== "copy" && !isDrawn;
  const copied = alignments.find(({ id }) => id === copyOf);

  const create = useMutation({
    mutationFn: () => createAlignment(requestBody()),
    onSuccess: async (created) => {
      await queries.invalidateQueries({ queryKey: alignmentKeys.list });
      onClose();
      onCreated(created);
    },
  });

  function requestBody(): NewAlignment {
    if (source === "copy" && copied) {
      const { team_id, basis: sameBasis } = copied;
      return { name, source, team_id, basis: sameBasis, copy_of: copied.id };
    }
    const body: NewAlignment = {
      name,
      source,
      team_id: team ?? 0,
      basis: isDrawn ? "drawn" : "units",
    };
    if (needsLayer && layer !== null) body.unit_layer_id = layer;
    return body;
  }

  const isComplete =
    name.trim() !== "" &&
    (source === "copy" ? copied !== undefined : team !== null && (!needsLayer || layer !== null));

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Name"
          required
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Radio.Group
          label="Start from"
          value={source}
          onChange={(value) => setSource(value as Source)}
        >
          <Stack gap="xs" mt="xs">
            {SOURCES.filter(({ value }) => value !== "copy" || alignments.length > 0).map(
              (item) => (
                <Radio key={item.value} {...item} />
              ),
            )}
          </Stack>
        </Radio.Group>
        {source === "copy" ? (
          <NativeSelect
            label="Copy of"
            value={String(copyOf ?? "")}
            onChange={(event) => setCopyOf(Number(event.currentTarget.value))}
            data={alignments.map(({ id, name: label, team_name }) => ({
              value: String(id),
              label: `${label} (${team_name})`,
            }))}
          />
        ) : (
          <NativeSelect
            label="Team"
            value={String(team ?? "")}
            onChange={(event) => setTeamId(Number(event.currentTarget.value))}
            data={(teams.data ?? []).map(({ id, name: label }) => ({ value: String(id), label }))}
          />
        )}
        {source === "blank" && (
          <Radio.Group
            label="Territories are made of"
            value={basis}
            onChange={(value) => setBasis(value as Basis)}
          >
            <Group mt="xs">
              <Radio value="units" label="whole units, never overlapping" />
              <Radio value="drawn" label="shapes drawn by hand" />
            </Group>
          </Radio.Group>
        )}
        {needsLayer && (
          <NativeSelect
            label="Units"
            description={
              readyLayers.length === 0 ? (
                <>
                  No unit layer is ready yet: make one under{" "}
                  <Anchor href="#/units" inherit underline="always">
                    Units
                  </Anchor>
                  .
                </>
              ) : null
            }
            value={String(layer ?? "")}
            onChange={(event) => setLayerId(Number(event.currentTarget.value))}
            data={readyLayers.map(({ id, name: label, n_units }) => ({
              value: String(id),
              label: `${label} (${n_units})`,
            }))}
          />
        )}
        {create.isError && (
          <ErrorNotice title="Not created" sentences={problemSentences(create.error)} />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending} disabled={!isComplete}>
            Create scenario
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
