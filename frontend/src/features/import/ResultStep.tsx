import { Anchor, Button, Group, Stack, Text, Title } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { problemsUrl } from "@/api/imports";
import type { Import, ImportResult } from "@/api/types";
import { formatCount, formatNumber } from "@/domain/format";
import { Callout } from "@/ui/Callout";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { nGoodRows } from "./accounting";
import { ProblemTable } from "./ProblemTable";
import { RowAccounting } from "./RowAccounting";
import { UndoDialog } from "./UndoDialog";
import { UndoSummary } from "./UndoSummary";
import { useRunImport } from "./useRunImport";
import { stateOf } from "./wizardState";

interface ResultStepProps {
  item: Import;
  /** A run or an undo has started. */
  onChanged: (item: Import) => void;
  onMend: () => void;
}

export function ResultStep({ item, onChanged, onMend }: ResultStepProps) {
  const [undoing, setUndoing] = useState<Import | null>(null);
  const state = stateOf(item);
  const { result } = item;
  return (
    <Stack gap="xl">
      {state === "done" && result && <Imported item={item} result={result} />}
      {state === "cancelled" && (
        <Callout tone="info" title="Cancelled: nothing was imported">
          The file is still here. Look at the columns again and start it once more, or leave it.
        </Callout>
      )}
      {state === "failed" && <Failed item={item} onChanged={onChanged} />}
      {state === "undone" && item.undone && (
        <Stack gap="sm" component="section">
          <Title order={3} size="h5">
            Taken back
          </Title>
          <UndoSummary kind={item.kind} undo={item.undone} isDone />
        </Stack>
      )}
      {state === "done" && item.undo_job && (
        <ErrorNotice
          title="It was not taken back"
          sentences={[item.undo_job.error || "The undo was cancelled. Nothing was changed."]}
        />
      )}
      {state !== "undone" && result && result.problems.length > 0 && (
        <Problems item={item} result={result} />
      )}
      <Group>
        {state === "done" ? (
          <Button component="a" href="#/map">
            See it on the map
          </Button>
        ) : (
          <Button variant="default" onClick={onMend}>
            Back to the columns
          </Button>
        )}
        {state === "done" && item.can_be_undone && (
          <Button variant="default" onClick={() => setUndoing(item)}>
            Undo this import…
          </Button>
        )}
        <Anchor href="#/import">Import another file</Anchor>
      </Group>
      <UndoDialog item={undoing} onClose={() => setUndoing(null)} onStarted={onChanged} />
    </Stack>
  );
}

function Imported({ item, result }: { item: Import; result: ImportResult }) {
  return (
    <Stack gap="md" component="section">
      <Title order={3} size="h5">
        What changed
      </Title>
      <RowAccounting result={result} />
      <Text size="sm" c="dimmed">
        {formatCount(result.n_rows)} rows in {formatNumber(result.seconds)} seconds.
      </Text>
      <LeftAlone result={result} />
      {item.kind === "accounts" && result.n_unplotted > 0 && (
        <Callout tone="warn" title="Not on the map yet">
          {formatCount(result.n_unplotted)} accounts have no coordinates. They are kept, counted as
          unplotted, and listed among the findings on the map.
        </Callout>
      )}
    </Stack>
  );
}

function LeftAlone({ result }: { result: ImportResult }) {
  const { mode, left_alone = [], n_left_alone } = result;
  if (n_left_alone === 0) return null;
  const shown = left_alone.map(({ external_id }) => external_id).join(", ");
  return (
    <Callout tone="info" title="Left alone">
      {formatCount(n_left_alone)} {n_left_alone === 1 ? "row has" : "rows have"} an id that is{" "}
      {mode === "add" ? "known already" : "not known yet"}: {shown}
      {left_alone.length < n_left_alone && " and others"}.
    </Callout>
  );
}

function Failed({ item, onChanged }: Pick<ResultStepProps, "item" | "onChanged">) {
  const { run, isStarting, sentences } = useRunImport(item.id, onChanged);
  const { result, job } = item;
  if (!result) {
    return (
      <ErrorNotice
        title="Nothing was imported"
        sentences={[job?.error ?? "The import stopped before it had read the file."]}
      />
    );
  }
  const nGood = nGoodRows(result);
  return (
    <Callout tone="bad" title="Nothing was imported" isLive>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          {formatCount(result.n_bad)} of {formatCount(result.n_rows)} rows have problems, and you
          chose all or nothing. Mend the file and drop it again
          {item.mode === "replace" ? "." : ", or leave those rows out."}
        </Text>
        {nGood > 0 && item.mode !== "replace" && (
          <Button
            loading={isStarting}
            onClick={() => run({ mapping: item.mapping, mode: item.mode, skip_bad_rows: true })}
          >
            Import the {formatCount(nGood)} good rows, skip {formatCount(result.n_bad)}
          </Button>
        )}
        {sentences && <ErrorNotice title="The import did not start" sentences={sentences} />}
      </Stack>
    </Callout>
  );
}

function Problems({ item, result }: { item: Import; result: ImportResult }) {
  const nShown = result.problems.length;
  return (
    <Stack gap="sm" component="section">
      <Group justify="space-between" align="flex-end">
        <div>
          <Title order={3} size="h5">
            Rows with problems
          </Title>
          <Text size="sm" c="dimmed">
            {nShown < result.n_bad
              ? `The first ${formatCount(nShown)} problems; the download has all of them.`
              : "Row 1 is the first row under the header."}
          </Text>
        </div>
        <Button
          component="a"
          href={problemsUrl(item.id)}
          download
          variant="default"
          leftSection={<IconDownload size={18} aria-hidden />}
        >
          Download all problems (CSV)
        </Button>
      </Group>
      <ProblemTable problems={result.problems} />
    </Stack>
  );
}
