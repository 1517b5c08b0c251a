import { Button, Group, Select, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { alignmentChoices, startAlignment } from "@/api/alignmentChoices";
import { useAlignments } from "@/api/alignments";
import { type Crm, isAtWork, usePushes, usePushWrites } from "@/api/crm";
import { problemSentences } from "@/api/problem";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { PushCard } from "./PushCard";

/** Compare an alignment with the CRM, and what became of earlier ones. */
export function CrmPushes({ crm }: { crm: Crm }) {
  const alignments = useAlignments();
  const pushes = usePushes(crm.id);
  const { compare } = usePushWrites();
  const [chosen, setChosen] = useState<string | null>(null);
  if (alignments.isPending || pushes.isPending) return <LoadingLines label="Loading the pushes" />;
  const failed = [alignments, pushes].find(({ isError }) => isError);
  if (failed || !alignments.data || !pushes.data) {
    return (
      <ErrorNotice
        title="The pushes could not be loaded"
        sentences={problemSentences(failed?.error)}
        onRetry={() => {
          alignments.refetch();
          pushes.refetch();
        }}
      />
    );
  }
  const first = startAlignment(alignments.data);
  const value = chosen ?? (first ? String(first.id) : null);
  const isBusy = pushes.data.results.some(isAtWork);
  return (
    <Stack gap="sm" component="section" aria-label="Pushes">
      <Title order={3} size="h5">
        Push assignments
      </Title>
      <Group align="flex-end" gap="xs">
        <Select
          label="Alignment"
          data={alignmentChoices(alignments.data)}
          value={value}
          onChange={setChosen}
          allowDeselect={false}
          flex={1}
          miw="12rem"
        />
        <Button
          onClick={() => value && compare.mutate({ crmId: crm.id, alignment: Number(value) })}
          loading={compare.isPending}
          disabled={!value || isBusy}
        >
          Compare
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        Comparing writes nothing there: it tells which accounts would change.
      </Text>
      {compare.isError && (
        <ErrorNotice title="Not compared" sentences={problemSentences(compare.error)} />
      )}
      {pushes.data.results.length === 0 && (
        <EmptyState title="Nothing compared yet">
          Choose an alignment and compare it with {crm.name}.
        </EmptyState>
      )}
      {pushes.data.results.map((push, n) => (
        <PushCard key={push.id} listed={push} crmName={crm.name} isNewest={n === 0} />
      ))}
    </Stack>
  );
}
