import { Stack, Text, Title, VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { fetchImportFields } from "@/api/imports";
import { problemSentences } from "@/api/problem";
import type { Import } from "@/api/types";
import { Callout } from "@/ui/Callout";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { DetectedFacts } from "./DetectedFacts";
import { MappingTable } from "./MappingTable";
import { assignField, missingFields, startMapping } from "./mapping";
import { withOwnMetrics } from "./ownMetric";
import { PreviewPanel } from "./PreviewPanel";
import { RunChoice } from "./RunChoice";
import { SheetChoice } from "./SheetChoice";
import { usePreview } from "./usePreview";

interface ColumnsStepProps {
  item: Import;
  onStarted: (item: Import) => void;
}

export function ColumnsStep({ item, onStarted }: ColumnsStepProps) {
  const [mapping, setMapping] = useState(() => startMapping(item.columns, item.mapping));
  const [notice, setNotice] = useState("");
  const fields = useQuery({
    queryKey: ["import-fields", item.kind],
    queryFn: () => fetchImportFields(item.kind),
  });

  const missing = missingFields(fields.data ?? [], mapping);
  const isComplete = fields.isSuccess && missing.length === 0;
  const preview = usePreview(item.id, mapping, isComplete);

  if (fields.isPending) return <LoadingLines label="Loading the fields" />;
  if (fields.isError) {
    return (
      <ErrorNotice
        title="The list of fields could not be loaded"
        sentences={problemSentences(fields.error)}
        onRetry={() => fields.refetch()}
      />
    );
  }

  function choose(column: string, key: string | null) {
    const { mapping: changed, loser } = assignField(mapping, column, key);
    const label = fields.data?.find((field) => field.key === key)?.label ?? key;
    setMapping(changed);
    setNotice(loser ? `${label} is now taken from “${column}”; “${loser}” is not imported.` : "");
  }

  return (
    <Stack gap="xl">
      <Stack gap="sm">
        <DetectedFacts item={item} />
        <SheetChoice item={item} />
      </Stack>

      <Stack gap="sm" component="section">
        <Title order={3} size="h5">
          What each column becomes
        </Title>
        {item.remembered && (
          <Callout tone="info" title="Remembered">
            A file with these columns was imported before. Its choices are filled in again.
          </Callout>
        )}
        {missing.length > 0 && (
          <Callout tone="warn" title="Still needed" isLive>
            <ul>
              {missing.map((field) => (
                <li key={field.key}>
                  <b>{field.label}</b>: {field.description}
                </li>
              ))}
            </ul>
          </Callout>
        )}
        <MappingTable
          kind={item.kind}
          columns={item.columns}
          fields={fields.data}
          mapping={mapping}
          remembered={item.remembered ? item.mapping : {}}
          onChoose={choose}
        />
        <Text size="sm" role="status">
          {notice || <VisuallyHidden>No column changed by itself.</VisuallyHidden>}
        </Text>
      </Stack>

      {isComplete && (
        <PreviewPanel
          preview={preview}
          fields={withOwnMetrics(fields.data, mapping)}
          mapping={mapping}
        />
      )}
      <RunChoice
        item={item}
        mapping={mapping}
        missing={missing.map((field) => field.label)}
        mappingProblems={preview.data?.problems ?? []}
        onStarted={onStarted}
      />
    </Stack>
  );
}
