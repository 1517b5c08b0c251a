import { Table, UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import {
  createColumnHelper,
  flexRender,
  getCoreRowModel,
  getSortedRowModel,
  type SortingState,
  useReactTable,
} from "@tanstack/react-table";
import { useState } from "react";
import type { ImportProblem } from "@/api/types";
import { formatCount } from "@/domain/format";
import { ScrollTable } from "@/ui/ScrollTable";
import classes from "./ProblemTable.module.css";

const helper = createColumnHelper<ImportProblem>();

const COLUMNS = [
  helper.accessor("row", { header: "Row", cell: ({ getValue }) => formatCount(getValue()) }),
  helper.accessor("line", { header: "Line", cell: ({ getValue }) => formatCount(getValue()) }),
  helper.accessor((problem) => problem.column ?? "", { id: "column", header: "Column" }),
  helper.accessor((problem) => problem.value ?? "", {
    id: "value",
    header: "Value",
    cell: ({ getValue }) => <code className={classes.value}>{getValue() || "(empty)"}</code>,
  }),
  helper.accessor("problem", { header: "Problem" }),
  helper.accessor((problem) => problem.bound ?? "", { id: "bound", header: "Allowed" }),
];

const ARIA_SORT = { asc: "ascending", desc: "descending" } as const;

export function ProblemTable({ problems }: { problems: ImportProblem[] }) {
  const [sorting, setSorting] = useState<SortingState>([]);
  const table = useReactTable({
    data: problems,
    columns: COLUMNS,
    state: { sorting },
    onSortingChange: setSorting,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
  });
  return (
    <ScrollTable label="Rows with problems" maxHeight={460}>
      <Table.Thead>
        <Table.Tr>
          {table.getFlatHeaders().map(({ id, column, getContext }) => {
            const sorted = column.getIsSorted();
            return (
              <Table.Th key={id} aria-sort={sorted ? ARIA_SORT[sorted] : "none"}>
                <UnstyledButton className={classes.sort} onClick={column.getToggleSortingHandler()}>
                  {flexRender(column.columnDef.header, getContext())}
                  {sorted === "asc" && <IconArrowUp size={14} aria-hidden />}
                  {sorted === "desc" && <IconArrowDown size={14} aria-hidden />}
                </UnstyledButton>
              </Table.Th>
            );
          })}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {table.getRowModel().rows.map((row) => (
          <Table.Tr key={row.id}>
            {row.getVisibleCells().map((cell) => (
              <Table.Td key={cell.id} className="figures">
                {flexRender(cell.column.columnDef.cell, cell.getContext())}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </ScrollTable>
  );
}
