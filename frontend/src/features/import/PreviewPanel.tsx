import { Group, Loader, Stack, Text, Title } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import type { Mapping } from "@/api/imports";
import { problemSentences } from "@/api/problem";
import type { ImportField, ImportPreview } from "@/api/types";
import { Callout } from "@/ui/Callout";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { PreviewTable } from "./PreviewTable";
import { problemSentence } from "./previewCells";
import type { Preview } from "./usePreview";

interface PreviewPanelProps {
  preview: Preview;
  fields: ImportField[];
  mapping: Mapping;
}

export function PreviewPanel({ preview, fields, mapping }: PreviewPanelProps) {
  return (
    <Stack gap="sm" component="section">
      <Group gap="sm">
        <Title order={3} size="h5">
          How the first rows will look
        </Title>
        {preview.isFetching && <Loader size="sm" aria-label="Checking the rows again" />}
      </Group>
      {preview.isPending && <LoadingLines label="Checking the first rows" />}
      {preview.isError && (
        <ErrorNotice
          title="The preview could not be made"
          sentences={problemSentences(preview.error)}
          onRetry={() => preview.refetch()}
        />
      )}
      {preview.data && !preview.isError && (
        <>
          <Verdict preview={preview.data} />
          <PreviewTable rows={preview.data.rows} fields={fields} mapping={mapping} />
        </>
      )}
    </Stack>
  );
}

function Verdict({ preview }: { preview: ImportPreview }) {
  const nBad = preview.rows.filter((row) => row.problems.length > 0).length;
  if (preview.problems.length > 0) {
    return (
      <Callout tone="bad" title="Columns to mend first" isLive>
        <ul>
          {preview.problems.map((problem) => (
            <li key={`${problem.column} ${problem.problem}`}>
              {problem.column && <b>{problem.column}: </b>}
              {problemSentence(problem)}
            </li>
          ))}
        </ul>
      </Callout>
    );
  }
  if (nBad > 0) {
    return (
      <Callout tone="warn" isLive>
        {nBad} of the first {preview.rows.length} rows {nBad === 1 ? "has" : "have"} problems, shown
        in {nBad === 1 ? "its cells" : "their cells"}. Change a column above, mend the file, or skip
        such rows below.
      </Callout>
    );
  }
  return (
    <Group gap="xs" role="status">
      <IconCircleCheck size={20} color="var(--in-band)" aria-hidden />
      <Text size="sm">
        No problem in the first {preview.rows.length} rows. Every row is checked again when the
        import runs.
      </Text>
    </Group>
  );
}
