import { Button, Progress, Table, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { cancelJob } from "@/api/jobs";
import { problemSentences } from "@/api/problem";
import type { UnitLayer } from "@/api/types";
import { useJob } from "@/api/useJob";
import { formatCount, MISSING } from "@/domain/format";
import { Tag } from "@/ui/Tag";
import { endWords, kindWords, layerState, STATE_WORDS, userWords } from "./layerWords";

interface LayerRowProps {
  layer: UnitLayer;
  /** Names of the alignments made of this layer. */
  users: readonly string[];
  canEdit: boolean;
  onEnded: () => void;
  onDelete: () => void;
}

export function LayerRow({ layer, users, canEdit, onEnded, onDelete }: LayerRowProps) {
  const job = useJob(layer.job, onEnded);
  const cancel = useMutation({ mutationFn: cancelJob });
  const state = layerState(layer, job);
  const { label, tone } = STATE_WORDS[state];
  const isBuilding = state === "building";
  return (
    <Table.Tr>
      <Table.Td fw={600}>{layer.name}</Table.Td>
      <Table.Td>{kindWords(layer)}</Table.Td>
      <Table.Td ta="right" className="figures">
        {state === "ready" ? formatCount(layer.n_units) : MISSING}
      </Table.Td>
      <Table.Td miw="14rem" maw="24rem">
        <Tag tone={tone}>{label}</Tag>
        {isBuilding && (
          <Progress.Root mt={6}>
            <Progress.Section
              value={Math.round((job?.progress ?? 0) * 100)}
              aria-label={`Progress of ${layer.name}`}
            />
          </Progress.Root>
        )}
        <Text size="sm" c="dimmed" aria-live="polite">
          {isBuilding && (job?.message || "Waiting for its turn")}
        </Text>
        {(state === "failed" || state === "cancelled") && (
          <Text size="sm" c={state === "failed" ? "var(--over)" : "dimmed"}>
            {endWords(state, job)}
          </Text>
        )}
        {cancel.isError && (
          <Text size="sm" c="var(--over)" role="alert">
            {problemSentences(cancel.error).join(" ")}
          </Text>
        )}
      </Table.Td>
      <Table.Td maw="18rem">{userWords(users)}</Table.Td>
      {canEdit && (
        <Table.Td ta="right">
          {isBuilding && job ? (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => cancel.mutate(job.id)}
              loading={cancel.isPending}
              aria-label={`Cancel the building of ${layer.name}`}
            >
              Cancel
            </Button>
          ) : (
            <Button
              size="compact-sm"
              variant="default"
              onClick={onDelete}
              aria-label={`Delete ${layer.name}`}
            >
              Delete
            </Button>
          )}
        </Table.Td>
      )}
    </Table.Tr>
  );
}
