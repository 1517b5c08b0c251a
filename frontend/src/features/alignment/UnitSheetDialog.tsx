import {
  Button,
  Checkbox,
  FileInput,
  Group,
  List,
  Modal,
  NativeSelect,
  Radio,
  SimpleGrid,
  Stack,
  Text,
} from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { alignmentKeys } from "@/api/alignments";
import { ProblemError, problemSentences } from "@/api/problem";
import type { Alignment, EditResult, SheetPlan } from "@/api/types";
import { assignUnitSheet, planUnitSheet, type SheetChoices } from "@/api/unitSheets";
import { formatCount } from "@/domain/format";
import { Callout } from "@/ui/Callout";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { countWords, moveWords, newWords, problemWords, readWords } from "./unitSheetWords";
import { refreshFigures, refreshGround } from "./useAlignmentEditor";

const PROBLEMS_LISTED = 6;
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
  const assign = useAssign(alignment, onClose);
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
            sentences={problemSentences(plan.error)}
            onRetry={() => void plan.refetch()}
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

interface FoundProps {
  found: SheetPlan;
  onChoose: (changed: Partial<SheetChoices>) => void;
}

function Columns({ found, onChoose }: FoundProps) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      {found.sheets.length > 1 && (
        <NativeSelect
          label="Sheet"
          value={found.sheet ?? ""}
          onChange={(event) =>
            onChoose({
              sheet: event.currentTarget.value,
              unit_column: "",
              territory_column: "",
            })
          }
          data={found.sheets}
        />
      )}
      <NativeSelect
        label="Column of unit codes"
        value={found.unit_column}
        onChange={(event) => onChoose({ unit_column: event.currentTarget.value })}
        data={found.columns}
      />
      <NativeSelect
        label="Column of territories"
        value={found.territory_column}
        onChange={(event) => onChoose({ territory_column: event.currentTarget.value })}
        data={found.columns.filter((column) => column !== found.unit_column)}
      />
    </SimpleGrid>
  );
}

function NewTerritories({ found, choices, onChoose }: FoundProps & { choices: SheetChoices }) {
  if (found.n_new_territories === 0) return null;
  return (
    <Checkbox
      label={`Add the ${countWords(found.n_new_territories, "territory", "territories")} that this alignment does not have yet`}
      description={newWords(found)}
      checked={choices.create_territories}
      onChange={(event) => onChoose({ create_territories: event.currentTarget.checked })}
    />
  );
}

interface ProblemsProps extends FoundProps {
  choices: SheetChoices;
  leavesOut: boolean;
  onLeaveOut: (leavesOut: boolean) => void;
}

function Problems({ found, choices, leavesOut, onChoose, onLeaveOut }: ProblemsProps) {
  const n_more = found.n_problems - PROBLEMS_LISTED;
  return (
    <>
      {found.n_can_be_padded > 0 && (
        <Checkbox
          label={`Put back lost zeros in front of ${countWords(found.n_can_be_padded, "unit code")}`}
          description="Spreadsheets turn 01001 into 1001."
          checked={choices.pad_codes}
          onChange={(event) => onChoose({ pad_codes: event.currentTarget.checked })}
        />
      )}
      {found.n_problems > 0 && (
        <Callout
          tone="warn"
          title={`Cannot be taken: ${countWords(found.n_problems, "row")}`}
          isLive
        >
          <Stack gap="xs" align="flex-start">
            <List size="sm">
              {found.problems.slice(0, PROBLEMS_LISTED).map((problem) => (
                <List.Item key={`${problem.line} ${problem.problem}`}>
                  {problemWords(problem)}
                </List.Item>
              ))}
              {n_more > 0 && <List.Item>{formatCount(n_more)} more.</List.Item>}
            </List>
            <Checkbox
              label="Leave these rows out; their units stay as they are"
              checked={leavesOut}
              onChange={(event) => onLeaveOut(event.currentTarget.checked)}
            />
          </Stack>
        </Callout>
      )}
    </>
  );
}

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

/** Sends the sheet as one edit, and shows what came of it. */
function useAssign(alignment: Alignment, onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (sent: { file: File; choices: SheetChoices; leavesOut: boolean }) =>
      assignUnitSheet(alignment.id, alignment.revision, sent.file, sent.choices, sent.leavesOut),
    onSuccess: ({ alignment: edited, change }: EditResult) => {
      queries.setQueryData<Alignment[]>(alignmentKeys.list, (list) =>
        list?.map((known) => (known.id === edited.id ? (edited as Alignment) : known)),
      );
      void refreshGround(queries, edited.id);
      void refreshFigures(queries, edited.id);
      void queries.invalidateQueries({ queryKey: alignmentKeys.part(edited.id, "self") });
      notifications.show({ color: "green", message: `${change?.label ?? "Nothing changed"}.` });
      onDone();
    },
    onError: (error) => {
      if (error instanceof ProblemError && error.isStale) {
        void queries.invalidateQueries({ queryKey: alignmentKeys.list });
        void queries.invalidateQueries({ queryKey: alignmentKeys.one(alignment.id) });
      }
    },
  });
}
