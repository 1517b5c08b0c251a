import { Button, CloseButton, Group, Table, Text, UnstyledButton } from "@mantine/core";
import { IconCopy } from "@tabler/icons-react";
import { type MouseEvent, useMemo, useState } from "react";
import { bandState } from "@/domain/balance";
import type { Choice, Selection } from "@/domain/selection";
import {
  chosenColumns,
  NAME_COLUMN,
  sortedRows,
  type TableColumn,
  type TableRow,
  tableColumns,
  tabSeparated,
} from "@/domain/territoryTable";
import { Sparkline } from "@/ui/Sparkline";
import { ColumnMenu } from "./ColumnMenu";
import { cellWords } from "./cellWords";
import classes from "./TerritoryTable.module.css";
import { keepTable, loadTable, type TableLook } from "./tableStore";

interface Metric {
  key: string;
  label: string;
  unit: string;
  tolerance: number;
}

interface TerritoryTableProps {
  memberId: number;
  metrics: readonly Metric[];
  rows: readonly TableRow[];
  selection: Selection;
  currency: string;
  onChoose: (territoryId: number, choice: Choice, order: readonly number[]) => void;
  onCopy: (text: string, n_territories: number) => void;
  onClose: () => void;
}

/** All territories with the figures one wants, to compare and to take along into a spreadsheet. */
export function TerritoryTable(props: TerritoryTableProps) {
  const { memberId, metrics, rows, selection, currency, onChoose } = props;
  const [look, setLook] = useState(() => loadTable(localStorage, memberId));
  const all = useMemo(() => tableColumns(metrics, currency), [metrics, currency]);
  const columns = useMemo(() => chosenColumns(all, look.keys), [all, look.keys]);
  const sorted = useMemo(() => sortedRows(rows, all, look.order), [rows, all, look.order]);
  const order = sorted.map(({ territory }) => territory.id);
  const chosen = sorted.filter(({ territory }) => selection.ids.includes(territory.id));
  const change = (changed: TableLook) => {
    setLook(changed);
    keepTable(localStorage, memberId, changed);
  };
  const sortBy = ({ key, kind }: TableColumn) => {
    const isAgain = look.order.column === key;
    const isDescending = isAgain ? !look.order.isDescending : kind !== "text";
    change({ ...look, order: { column: key, isDescending } });
  };
  const copy = (copied: readonly TableRow[]) =>
    props.onCopy(tabSeparated(columns, copied, currency), copied.length);
  const toleranceOf = ({ metric }: TableColumn) =>
    metrics.find(({ key }) => key === metric)?.tolerance ?? 0;

  return (
    <section className={classes.panel} aria-label="Table of territories">
      <Group className={classes.head} gap="4px 8px">
        <Text component="h2" size="sm" fw={650} flex={1} truncate>
          {rows.length} {rows.length === 1 ? "territory" : "territories"}
        </Text>
        <ColumnMenu columns={all} keys={look.keys} onChange={(keys) => change({ ...look, keys })} />
        {chosen.length > 0 && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconCopy size={15} />}
            onClick={() => copy(chosen)}
          >
            Copy {chosen.length} chosen
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconCopy size={15} />}
          disabled={rows.length === 0}
          onClick={() => copy(sorted)}
        >
          Copy all
        </Button>
        <CloseButton size="sm" aria-label="Close the table" onClick={props.onClose} />
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label="Figures of all territories">
        <Table stickyHeader fz="sm" verticalSpacing={3} className={classes.table}>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <ColumnHead
                  key={column.key}
                  column={column}
                  direction={look.order.column === column.key ? look.order.isDescending : null}
                  onSort={() => sortBy(column)}
                />
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sorted.map((row) => (
              <Table.Tr
                key={row.territory.id}
                className={classes.row}
                data-selected={selection.ids.includes(row.territory.id) || undefined}
                onClick={(event) => onChoose(row.territory.id, choiceOf(event), order)}
              >
                {columns.map((column) => (
                  <BodyCell
                    key={column.key}
                    column={column}
                    row={row}
                    currency={currency}
                    tolerance={toleranceOf(column)}
                    isChosen={selection.ids.includes(row.territory.id)}
                  />
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
          <Table.Tfoot>
            <Table.Tr>
              {columns.map((column) => {
                if (column.key === NAME_COLUMN) {
                  return (
                    <Table.Th key={column.key} scope="row">
                      Together
                    </Table.Th>
                  );
                }
                const total = column.total(rows);
                return (
                  <Table.Td key={column.key} className={classes.number}>
                    {total === null ? "" : cellWords(column, total, currency, toleranceOf(column))}
                  </Table.Td>
                );
              })}
            </Table.Tr>
          </Table.Tfoot>
        </Table>
      </section>
    </section>
  );
}

function choiceOf(event: MouseEvent): Choice {
  if (event.shiftKey) return "range";
  return event.ctrlKey || event.metaKey ? "toggle" : "only";
}

interface ColumnHeadProps {
  column: TableColumn;
  /** Whether the rows stand from most to least by it; null where they stand by another one. */
  direction: boolean | null;
  onSort: () => void;
}

function ColumnHead({ column, direction, onSort }: ColumnHeadProps) {
  const isSorted = direction !== null;
  return (
    <Table.Th
      className={column.kind === "text" ? undefined : classes.number}
      aria-sort={isSorted ? (direction ? "descending" : "ascending") : undefined}
    >
      <UnstyledButton className={classes.sort} onClick={onSort}>
        {column.label}
        {isSorted && <span aria-hidden="true"> {direction ? "▾" : "▴"}</span>}
      </UnstyledButton>
    </Table.Th>
  );
}

interface BodyCellProps {
  column: TableColumn;
  row: TableRow;
  currency: string;
  tolerance: number;
  isChosen: boolean;
}

function BodyCell({ column, row, currency, tolerance, isChosen }: BodyCellProps) {
  const cell = column.of(row);
  const words = cellWords(column, cell, currency, tolerance);
  if (column.key === NAME_COLUMN) {
    return (
      <Table.Th scope="row" className={classes.name}>
        <UnstyledButton className={classes.nameButton} aria-pressed={isChosen}>
          {words}
        </UnstyledButton>
      </Table.Th>
    );
  }
  const state =
    column.kind === "deviation" && typeof cell === "number"
      ? bandState(cell, tolerance)
      : undefined;
  return (
    <Table.Td className={column.kind === "text" ? undefined : classes.number} data-state={state}>
      {column.kind === "trend" && row.trend && <Sparkline values={row.trend} />}
      {words}
    </Table.Td>
  );
}
