import { Table, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import {
  createColumnHelper,
  flexRender,
  getCoreRowModel,
  useReactTable,
} from "@tanstack/react-table";
import { useMemo } from "react";
import type { Mapping } from "@/api/imports";
import type { ImportField, ImportPreview, ImportProblem } from "@/api/types";
import { ScrollTable } from "@/ui/ScrollTable";
import classes from "./PreviewTable.module.css";
import { cellText, problemSentence, problemsOfField, problemsOfRow } from "./previewCells";

type PreviewRow = ImportPreview["rows"][number];

interface PreviewTableProps {
  rows: PreviewRow[];
  fields: ImportField[];
  mapping: Mapping;
}

const helper = createColumnHelper<PreviewRow>();

function columnsFor(fields: ImportField[], mapping: Mapping) {
  const columnOf = new Map(Object.entries(mapping).map(([column, field]) => [field, column]));
  return [
    helper.accessor("row", {
      header: "Row",
      cell: ({ row, getValue }) => (
        <Cell text={String(getValue())} problems={problemsOfRow(row.original, mapping)} />
      ),
    }),
    ...fields
      .filter((field) => columnOf.has(field.key))
      .map((field) =>
        helper.accessor((row) => row.values[field.key], {
          id: field.key,
          header: () => (
            <>
              {field.label}
              <Text size="xs" c="dimmed">
                from “{columnOf.get(field.key)}”
              </Text>
            </>
          ),
          cell: ({ row, getValue }) => (
            <Cell
              text={cellText(getValue())}
              problems={problemsOfField(row.original, field.key, mapping)}
            />
          ),
        }),
      ),
  ];
}

export function PreviewTable({ rows, fields, mapping }: PreviewTableProps) {
  const columns = useMemo(() => columnsFor(fields, mapping), [fields, mapping]);
  const table = useReactTable({ data: rows, columns, getCoreRowModel: getCoreRowModel() });
  if (rows.length === 0) return <Text size="sm">The file has no rows under its header.</Text>;
  return (
    <ScrollTable label="First rows as they would be imported" maxHeight={460}>
      <Table.Thead>
        {table.getHeaderGroups().map((group) => (
          <Table.Tr key={group.id}>
            {group.headers.map((header) => (
              <Table.Th key={header.id}>
                {flexRender(header.column.columnDef.header, header.getContext())}
              </Table.Th>
            ))}
          </Table.Tr>
        ))}
      </Table.Thead>
      <Table.Tbody>
        {table.getRowModel().rows.map((row) => (
          <Table.Tr key={row.id}>
            {row.getVisibleCells().map((cell) => (
              <Table.Td key={cell.id} className={classes.cell}>
                {flexRender(cell.column.columnDef.cell, cell.getContext())}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </ScrollTable>
  );
}

function Cell({ text, problems }: { text: string; problems: ImportProblem[] }) {
  if (problems.length === 0) return <span className={classes.value}>{text}</span>;
  return (
    <div className={classes.wrong}>
      <span className={classes.value}>{text || "(empty)"}</span>
      {problems.map((problem) => (
        <span key={problem.problem} className={classes.problem}>
          <IconAlertTriangle size={14} aria-hidden />
          {problemSentence(problem)}
        </span>
      ))}
    </div>
  );
}
