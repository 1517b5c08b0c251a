import { Group, Paper, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import { Dropzone, type FileRejection } from "@mantine/dropzone";
import { IconFileSpreadsheet } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { uploadImport } from "@/api/imports";
import type { ImportKind } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { ProgressWithCancel } from "@/ui/ProgressWithCancel";
import { fileSize } from "./fileSize";
import { refusalSentences } from "./refusalSentences";
import classes from "./UploadPanel.module.css";
import { openImport } from "./useImportRoute";

const ACCEPTED = {
  "text/csv": [".csv", ".tsv", ".txt"],
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": [".xlsx"],
  "application/vnd.oasis.opendocument.spreadsheet": [".ods"],
  "application/vnd.apache.parquet": [".parquet"],
  "application/json": [".json"],
  "application/geo+json": [".geojson"],
};

const EXPECTED: Record<ImportKind, string> = {
  accounts:
    "One row per account, with an id of your own, a name, and where it is: coordinates or an address. Revenue, potential, visits and the present owner help.",
  reps: "One row per rep, with an id and a name. Home coordinates and capacity in hours a year help.",
};

export function UploadPanel() {
  const [kind, setKind] = useState<ImportKind>("accounts");
  const { current, sentences, start, cancel, refuse } = useUpload(kind);
  return (
    <Paper withBorder p="lg">
      <Stack>
        <Group justify="space-between">
          <Title order={2} size="h4">
            New import
          </Title>
          <SegmentedControl
            aria-label="What the file holds"
            value={kind}
            onChange={(value) => setKind(value as ImportKind)}
            disabled={current !== null}
            data={[
              { value: "accounts", label: "Accounts" },
              { value: "reps", label: "Reps" },
            ]}
          />
        </Group>
        {current ? (
          <ProgressWithCancel
            label={`Uploading ${current.file.name}`}
            fraction={current.fraction < 1 ? current.fraction : null}
            message={
              current.fraction < 1
                ? `${fileSize(current.file.size * current.fraction)} of ${fileSize(current.file.size)}`
                : "Uploaded. Looking at encoding, columns and rows…"
            }
            onCancel={cancel}
          />
        ) : (
          <Dropzone
            onDrop={([file]) => file && start(file)}
            onReject={refuse}
            accept={ACCEPTED}
            multiple={false}
            className={classes.zone}
            inputProps={{ "aria-label": `File with ${kind}` }}
            aria-label={`Choose a CSV, XLSX, ODS, JSON or Parquet file with ${kind}`}
          >
            <Stack align="center" gap="xs" ta="center">
              <IconFileSpreadsheet size={40} stroke={1.4} aria-hidden />
              <Text fw={600}>
                Drop a CSV, XLSX, ODS, JSON or Parquet file here, or press to choose one
              </Text>
              <Text size="sm" c="dimmed" maw="60ch">
                {EXPECTED[kind]}
              </Text>
            </Stack>
          </Dropzone>
        )}
        {sentences && <ErrorNotice title="The file was not taken" sentences={sentences} />}
      </Stack>
    </Paper>
  );
}

function useUpload(kind: ImportKind) {
  const [current, setCurrent] = useState<{ file: File; fraction: number } | null>(null);
  const [sentences, setSentences] = useState<string[] | null>(null);
  const abort = useRef<AbortController | null>(null);
  const queries = useQueryClient();
  useEffect(() => () => abort.current?.abort(), []);

  async function start(file: File) {
    abort.current = new AbortController();
    const { signal } = abort.current;
    const onProgress = (fraction: number) => setCurrent({ file, fraction });
    setSentences(null);
    onProgress(0);
    try {
      const created = await uploadImport({ file, kind, onProgress, signal });
      queries.setQueryData(["import", created.id], created);
      queries.invalidateQueries({ queryKey: ["imports"] });
      openImport(created.id);
    } catch (reason) {
      if (!signal.aborted) setSentences(refusalSentences(file.name, reason));
    }
    setCurrent(null);
  }

  function refuse(rejections: FileRejection[]) {
    const name = rejections[0]?.file.name ?? "This file";
    setSentences([
      rejections.length > 1
        ? `${rejections.length} files were dropped. Drop one at a time.`
        : `${name} is none of CSV, XLSX, ODS, JSON and Parquet. Save it as one of these in the program it comes from, then drop it again.`,
    ]);
  }

  return { current, sentences, start, cancel: () => abort.current?.abort(), refuse };
}
