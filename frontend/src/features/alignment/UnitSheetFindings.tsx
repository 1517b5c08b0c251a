import { Checkbox, List, NativeSelect, SimpleGrid, Stack } from "@mantine/core";
import type { SheetPlan } from "@/api/types";
import type { SheetChoices } from "@/api/unitSheets";
import { formatCount } from "@/domain/format";
import { Callout } from "@/ui/Callout";
import { countWords, newWords, problemWords } from "./unitSheetWords";

const PROBLEMS_LISTED = 6;

interface FoundProps {
  found: SheetPlan;
  onChoose: (changed: Partial<SheetChoices>) => void;
}

export function Columns({ found, onChoose }: FoundProps) {
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

export function NewTerritories({
  found,
  choices,
  onChoose,
}: FoundProps & { choices: SheetChoices }) {
  if (found.n_new_territories === 0) return null;
  return (
    <Checkbox
      label={`Add ${countWords(found.n_new_territories, "territory", "territories")} that this alignment does not have yet`}
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

export function Problems({ found, choices, leavesOut, onChoose, onLeaveOut }: ProblemsProps) {
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
