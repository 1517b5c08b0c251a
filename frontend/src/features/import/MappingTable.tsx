import { Group, Select, Stack, Table, Text } from "@mantine/core";
import type { Mapping } from "@/api/imports";
import type { ImportColumn, ImportField, ImportKind } from "@/api/types";
import { formatShare } from "@/domain/format";
import { ScrollTable } from "@/ui/ScrollTable";
import { Tag, type Tone } from "@/ui/Tag";
import classes from "./MappingTable.module.css";
import { type Certainty, certaintyOf, orderSuggestions } from "./mapping";
import { ownMetricField, withOwnMetrics } from "./ownMetric";

interface MappingTableProps {
  kind: ImportKind;
  columns: ImportColumn[];
  fields: ImportField[];
  mapping: Mapping;
  /** What the workspace remembers for these columns; empty when it has not seen them. */
  remembered: Mapping;
  onChoose: (column: string, field: string | null) => void;
}

export function MappingTable({ columns, ...rest }: MappingTableProps) {
  return (
    <ScrollTable label="Columns of the file and the fields they fill" maxHeight={520}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Column in the file</Table.Th>
          <Table.Th>First values</Table.Th>
          <Table.Th>Becomes</Table.Th>
          <Table.Th>How sure</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {columns.map((column) => (
          <MappingRow key={column.name} column={column} {...rest} />
        ))}
      </Table.Tbody>
    </ScrollTable>
  );
}

type MappingRowProps = Omit<MappingTableProps, "columns"> & { column: ImportColumn };

function MappingRow({ kind, column, fields, mapping, remembered, onChoose }: MappingRowProps) {
  const chosen = mapping[column.name];
  const own = ownMetricField(kind, column);
  const chosenFields = withOwnMetrics(fields, chosen ? { [column.name]: chosen } : {});
  const isListed = chosenFields.some(({ key }) => key === own?.key);
  const offered = own && !isListed ? [...chosenFields, own] : chosenFields;
  const byKey = new Map(offered.map((field) => [field.key, field]));
  const takenBy = new Map(Object.entries(mapping).map(([name, key]) => [key, name]));
  return (
    <Table.Tr className={chosen ? undefined : classes.unused}>
      <Table.Td fw={600}>{column.name}</Table.Td>
      <Table.Td className={classes.samples}>
        {column.samples.filter(Boolean).slice(0, 3).join(" · ") || "empty"}
      </Table.Td>
      <Table.Td miw="15rem">
        <Select
          aria-label={`Field filled by column ${column.name}`}
          placeholder="Not imported"
          value={chosen ?? null}
          onChange={(key) => onChoose(column.name, key)}
          data={orderSuggestions(offered, column, mapping).map(({ key, label, required }) => ({
            value: key,
            label: required ? `${label} (needed)` : label,
          }))}
          renderOption={({ option }) => (
            <Option
              label={option.label}
              description={byKey.get(option.value)?.description ?? ""}
              rival={takenBy.get(option.value)}
              column={column.name}
            />
          )}
          clearable
          clearButtonProps={{ "aria-label": `Do not import column ${column.name}` }}
          searchable
          size="sm"
          maxDropdownHeight={320}
        />
      </Table.Td>
      <Table.Td>
        <CertaintyTag
          certainty={certaintyOf(column, chosen, remembered[column.name] === chosen)}
          confidence={column.confidence}
        />
      </Table.Td>
    </Table.Tr>
  );
}

interface OptionProps {
  label: string;
  description: string;
  rival: string | undefined;
  column: string;
}

function Option({ label, description, rival, column }: OptionProps) {
  return (
    <Stack gap={0}>
      <Group gap="xs">
        <Text size="sm" fw={600}>
          {label}
        </Text>
        {rival !== undefined && rival !== column && (
          <Text size="xs" c="dimmed">
            now from “{rival}”
          </Text>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        {description}
      </Text>
    </Stack>
  );
}

const CERTAINTIES: Record<Certainty, { words: string; tone: Tone; withShare?: boolean }> = {
  remembered: { words: "Remembered", tone: "info" },
  chosen: { words: "Your choice", tone: "info" },
  sure: { words: "Sure", tone: "good", withShare: true },
  likely: { words: "Likely", tone: "warn", withShare: true },
  guess: { words: "A guess, please check", tone: "bad", withShare: true },
  none: { words: "Left out", tone: "quiet" },
};

function CertaintyTag({ certainty, confidence }: { certainty: Certainty; confidence: number }) {
  const { words, tone, withShare } = CERTAINTIES[certainty];
  return <Tag tone={tone}>{withShare ? `${words}: ${formatShare(confidence)}` : words}</Tag>;
}
