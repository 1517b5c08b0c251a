import { Button, FileInput, Group, Modal, Radio, Stack, Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ProblemError, problemSentences } from "@/api/problem";
import type { Alignment } from "@/api/types";
import { planUnitSheet, type SheetChoices } from "@/api/unitSheets";
import { formatCount } from "@/domain/format";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { Columns, NewTerritories, Problems } from "./UnitSheetFindings";
import { countWords, moveWords, readWords, refusalWords } from "./unitSheetWords";
import { useAssignSheet } from "./useAssignSheet";

const START: SheetChoices = {
  sheet: "",
  unit_column: "",
  territory_column: "",
  rest: "keep",
  create_territories: false,
  pad_codes: false,
};

interface UnitSheetDialogProps {
  alignment: Alignment;
  isOpen: boolean;
  onClose: () => void;
}

/** Who has which unit, from a sheet: looked at first, then one edit. */
export function UnitSheetDialog(props: UnitSheetDialogProps) {
  return (
    <Modal opened={props.isOpen} onClose={props.onClose} title="Import unit assignments" size="lg">
      <UnitSheetForm {...props} />
    </Modal>
  );
}

function UnitSheetForm({ alignment, onClose }: UnitSheetDialogProps) {
  const [file, setFile] = useState<File | null>(null);
  const [n_files, setFiles] = useState(0);
  const [choices, setChoices] = useState(START);
  const [leavesOut, setLeavesOut] = useState(false);
  const plan = useQuery({
    queryKey: ["unit-sheet", alignment.id, alignment.revision, n_files, choices],
    queryFn: ({ signal }) => planUnitSheet(alignment.id, file as File, choices, signal),
    enabled: file !== null,
    placeholderData: keepPreviousData,
    retry: false,
    // Another file may bear the same number another time.
    gcTime: 0,
  });
  const assign = useAssignSheet(alignment, onClose);
  const choose = (changed: Partial<SheetChoices>) => {
    assign.reset();
    setChoices({ ...choices, ...changed });
  };
  const found = file && !plan.isError ? plan.data : undefined;
  const isReady =
    found !== undefined &&
    !plan.isPlaceholderData &&
    found.n_moved > 0 &&
    (found.n_problems === 0 || leavesOut);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (file && isReady) assign.mutate({ file, choices, leavesOut });
      }}
    >
      <Stack gap="md">
        <FileInput
          label="File"
          description="CSV, TSV or Excel: a column of unit codes and one of territory codes or names, such as a block-equivalency file"
          placeholder="Choose a file"
          accept=".csv,.tsv,.txt,.tab,.xlsx"
          clearable
          clearButtonProps={{ "aria-label": "Take the file away" }}
          onChange={(next) => {
            assign.reset();
            setFile(next);
            setFiles((count) => count + 1);
            setChoices(START);
            setLeavesOut(false);
          }}
        />
        {file && plan.isPending && <LoadingLines label="Looking at the file" lines={3} />}
        {file && plan.isError && (
          <ErrorNotice
            title="This file cannot be used"
            sentences={refusalWords(file.name, problemSentences(plan.error))}
            onRetry={isRefusal(plan.error) ? undefined : () => void plan.refetch()}
          />
        )}
        {found && (
          <>
            <Columns found={found} onChoose={choose} />
            <div role="status" aria-label="What the file says">
              <Text size="sm">{readWords(found)}</Text>
              {moveWords(found).map((sentence) => (
                <Text size="sm" fw={500} key={sentence} className="figures">
                  {sentence}
                </Text>
              ))}
            </div>
            <NewTerritories found={found} choices={choices} onChoose={choose} />
            <Problems
              found={found}
              choices={choices}
              leavesOut={leavesOut}
              onChoose={choose}
              onLeaveOut={setLeavesOut}
            />
            <Radio.Group
              label={`Units that the file does not name (${formatCount(found.n_rest)})`}
              value={choices.rest}
              onChange={(rest) => choose({ rest: rest as SheetChoices["rest"] })}
            >
              <Group mt="xs">
                <Radio value="keep" label="stay with their territory" />
                <Radio value="nobody" label="become nobody’s" />
              </Group>
            </Radio.Group>
          </>
        )}
        {assign.isError && <NotDone error={assign.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={!isReady} loading={assign.isPending}>
            {found ? `Assign ${countWords(found.n_moved, "unit")}` : "Assign units"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The file itself is the reason: asking once more would change nothing. */
const isRefusal = (error: Error) =>
  error instanceof ProblemError && error.status >= 400 && error.status < 500;

function NotDone({ error }: { error: Error }) {
  if (error instanceof ProblemError && error.isStale) {
    return (
      <ErrorNotice
        title="Somebody else changed this alignment meanwhile"
        sentences={["What the file would do was worked out anew. Look at it, then assign again."]}
      />
    );
  }
  return <ErrorNotice title="Nothing was assigned" sentences={problemSentences(error)} />;
}
