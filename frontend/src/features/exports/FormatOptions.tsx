import { Checkbox, MultiSelect, Radio, Select, Stack, TextInput } from "@mantine/core";
import { alignmentChoices } from "@/api/alignmentChoices";
import { useTerritories } from "@/api/alignments";
import type { Alignment, ExportFormat } from "@/api/types";
import { alwaysCompares, type Chosen, type Rows, takes } from "./exportOptions";
import classes from "./FormatOptions.module.css";

interface FormatOptionsProps {
  format: ExportFormat;
  alignment: Alignment;
  alignments: readonly Alignment[];
  chosen: Chosen;
  onChange: (changed: Partial<Chosen>) => void;
}

/** What of the alignment goes into the file; only what its format takes is offered. */
export function FormatOptions(props: FormatOptionsProps) {
  const { format, chosen, onChange } = props;
  return (
    <div className={classes.options}>
      {takes(format, "changed_since") && <RowChoice {...props} />}
      {alwaysCompares(format) && <OtherAlignment {...props} label="Follows" isOptional />}
      <Stack gap="sm" className={classes.part}>
        {takes(format, "columns") && (
          <MultiSelect
            label="Columns"
            description="None chosen: all of them. The account’s id is always there."
            placeholder={chosen.columns.length > 0 ? undefined : "All columns"}
            data={format.columns.map(({ key, label }) => ({ value: key, label }))}
            value={[...chosen.columns]}
            onChange={(columns) => onChange({ columns })}
            searchable
            clearable
            clearButtonProps={{ "aria-label": "All columns again" }}
            maxDropdownHeight={260}
          />
        )}
        {takes(format, "territory") && <TerritoryChoice {...props} />}
        {takes(format, "sheets") && (
          <Checkbox
            label="One sheet per territory, and one for what is unassigned"
            checked={chosen.isPerTerritory}
            onChange={(event) => onChange({ isPerTerritory: event.currentTarget.checked })}
          />
        )}
      </Stack>
    </div>
  );
}

function RowChoice(props: FormatOptionsProps) {
  const { chosen, onChange } = props;
  return (
    <Stack gap="sm" className={classes.part}>
      <Radio.Group
        label="Accounts"
        value={chosen.rows}
        onChange={(rows) => onChange({ rows: rows as Rows })}
      >
        <Stack gap={6} mt={6}>
          <Radio value="all" label="All" />
          <Radio value="since" label="Changed since a day" />
          <Radio value="against" label="With another territory or rep than in another alignment" />
        </Stack>
      </Radio.Group>
      {chosen.rows === "since" && (
        <TextInput
          type="date"
          label="Changed since"
          description="Their own data, their territory or its rep. What was undone again does not count."
          value={chosen.since}
          onChange={(event) => onChange({ since: event.currentTarget.value })}
        />
      )}
      {chosen.rows === "against" && <OtherAlignment {...props} label="Compare with" />}
    </Stack>
  );
}

interface OtherAlignmentProps extends FormatOptionsProps {
  label: string;
  isOptional?: boolean;
}

function OtherAlignment(props: OtherAlignmentProps) {
  const { alignment, alignments, chosen, onChange } = props;
  const others = alignments.filter(({ id }) => id !== alignment.id);
  return (
    <Select
      className={classes.part}
      label={props.label}
      description={
        props.isOptional
          ? "None chosen: what is in force, or was before this one."
          : "The file also says which territory and rep they had there."
      }
      placeholder={others.length > 0 ? "Choose an alignment" : "There is no other alignment"}
      data={alignmentChoices(others)}
      value={chosen.againstId === null ? null : String(chosen.againstId)}
      onChange={(id) => onChange({ againstId: id === null ? null : Number(id) })}
      disabled={others.length === 0}
      clearable={props.isOptional}
      searchable
    />
  );
}

function TerritoryChoice({ alignment, chosen, onChange }: FormatOptionsProps) {
  const territories = useTerritories(alignment.id);
  return (
    <MultiSelect
      label="Territories"
      description="None chosen: all of them."
      placeholder={
        territories.isPending
          ? "Loading the territories…"
          : chosen.territoryIds.length > 0
            ? undefined
            : "All territories"
      }
      error={territories.isError ? "The territories could not be loaded." : undefined}
      data={(territories.data ?? []).map(({ id, name, code }) => ({
        value: String(id),
        label: `${name} · ${code}`,
      }))}
      value={chosen.territoryIds.map(String)}
      onChange={(ids) => onChange({ territoryIds: ids.map(Number) })}
      searchable
      clearable
      clearButtonProps={{ "aria-label": "All territories again" }}
      maxDropdownHeight={260}
    />
  );
}
