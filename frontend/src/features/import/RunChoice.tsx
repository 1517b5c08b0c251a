import { Button, Group, Paper, Radio, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { fetchAbsent, type Mapping } from "@/api/imports";
import type { Import, ImportAbsent, ImportMode, ImportProblem } from "@/api/types";
import { formatCount } from "@/domain/format";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { AbsentPanel } from "./AbsentPanel";
import { ModeChoice } from "./ModeChoice";
import { useRunImport } from "./useRunImport";

interface RunChoiceProps {
  item: Import;
  mapping: Mapping;
  missing: string[];
  mappingProblems: ImportProblem[];
  onStarted: (item: Import) => void;
}

export function RunChoice({ item, mapping, missing, mappingProblems, onStarted }: RunChoiceProps) {
  const [mode, setMode] = useState<ImportMode>(item.mode);
  const [skipsBad, setSkipsBad] = useState(false);
  const [confirmed, setConfirmed] = useState<number | null>(null);
  const { run, isStarting, sentences } = useRunImport(item.id, onStarted);
  const unready = blockedBy(missing, mappingProblems);
  const isReplacing = mode === "replace";
  const absent = useQuery({
    queryKey: ["import-absent", item.id, mapping],
    queryFn: ({ signal }) => fetchAbsent(item.id, mapping, signal),
    enabled: isReplacing && unready === null,
    retry: false,
    staleTime: 0,
  });
  const isConfirmed = confirmed !== null && confirmed === absent.data?.n_accounts;
  const reason = unready ?? (isReplacing ? unconfirmed(absent.data, isConfirmed) : null);

  async function start() {
    const hasStarted = await run({
      mapping,
      mode,
      skip_bad_rows: skipsBad && !isReplacing,
      confirmed_gone: isReplacing ? absent.data?.n_accounts : null,
    });
    // A refusal may mean that others would disappear by now.
    if (!hasStarted && isReplacing) absent.refetch();
  }

  return (
    <Paper withBorder p="lg" component="section">
      <Stack>
        <Title order={3} size="h5">
          What the file may change
        </Title>
        <ModeChoice kind={item.kind} mode={mode} onChoose={setMode} />
        {isReplacing && unready === null && (
          <AbsentPanel
            absent={absent}
            isConfirmed={isConfirmed}
            onConfirm={(yes) => setConfirmed(yes ? (absent.data?.n_accounts ?? null) : null)}
          />
        )}
        <Title order={3} size="h5">
          When a row has a problem
        </Title>
        <BadRowChoice
          skipsBad={skipsBad && !isReplacing}
          isReplacing={isReplacing}
          onChoose={setSkipsBad}
        />
        {sentences && <ErrorNotice title="The import did not start" sentences={sentences} />}
        <Group>
          <Button size="md" disabled={reason !== null} loading={isStarting} onClick={start}>
            {item.n_rows === null ? "Import the file" : `Import ${formatCount(item.n_rows)} rows`}
          </Button>
          {reason && (
            <Text size="sm" c="dimmed">
              {reason}
            </Text>
          )}
        </Group>
      </Stack>
    </Paper>
  );
}

interface BadRowChoiceProps {
  skipsBad: boolean;
  isReplacing: boolean;
  onChoose: (skipsBad: boolean) => void;
}

function BadRowChoice({ skipsBad, isReplacing, onChoose }: BadRowChoiceProps) {
  return (
    <Radio.Group
      value={skipsBad ? "skip" : "all"}
      onChange={(value) => onChoose(value === "skip")}
      aria-label="When a row has a problem"
    >
      <Stack gap="sm">
        <Radio
          value="all"
          label="All or nothing"
          description="One problem anywhere, and nothing is imported. You get the list of problems."
        />
        <Radio
          value="skip"
          label="Skip rows with problems"
          disabled={isReplacing}
          description={
            isReplacing
              ? "Not with replace: an account whose row has a problem would disappear."
              : "Good rows are imported, the others are left out and listed with row number and reason."
          }
        />
      </Stack>
    </Radio.Group>
  );
}

function blockedBy(missing: string[], mappingProblems: ImportProblem[]): string | null {
  if (missing.length > 0) return `First choose a column for: ${missing.join(", ")}.`;
  if (mappingProblems.length > 0) return "First mend the columns named above.";
  return null;
}

function unconfirmed(absent: ImportAbsent | undefined, isConfirmed: boolean): string | null {
  if (absent === undefined) return "First it has to be known what would disappear.";
  if (absent.n_accounts === 0 || isConfirmed) return null;
  return "First look at what would disappear, and agree to it.";
}
