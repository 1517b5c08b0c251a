import { Button, Group, Paper, Radio, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { Mapping } from "@/api/imports";
import type { Import, ImportProblem } from "@/api/types";
import { formatCount } from "@/domain/format";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { useRunImport } from "./useRunImport";

interface RunChoiceProps {
  item: Import;
  mapping: Mapping;
  missing: string[];
  mappingProblems: ImportProblem[];
  onStarted: (item: Import) => void;
}

export function RunChoice({ item, mapping, missing, mappingProblems, onStarted }: RunChoiceProps) {
  const [choice, setChoice] = useState<"all" | "skip">("all");
  const { run, isStarting, sentences } = useRunImport(item.id, onStarted);
  const reason = blockedBy(missing, mappingProblems);
  return (
    <Paper withBorder p="lg" component="section">
      <Stack>
        <Title order={3} size="h5">
          When a row has a problem
        </Title>
        <Radio.Group
          value={choice}
          onChange={(value) => setChoice(value as "all" | "skip")}
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
              description="Good rows are imported, the others are left out and listed with row number and reason."
            />
          </Stack>
        </Radio.Group>
        {sentences && <ErrorNotice title="The import did not start" sentences={sentences} />}
        <Group>
          <Button
            size="md"
            disabled={reason !== null}
            loading={isStarting}
            onClick={() => run(mapping, choice === "skip")}
          >
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

function blockedBy(missing: string[], mappingProblems: ImportProblem[]): string | null {
  if (missing.length > 0) return `First choose a column for: ${missing.join(", ")}.`;
  if (mappingProblems.length > 0) return "First mend the columns named above.";
  return null;
}
