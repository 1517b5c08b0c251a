import { Table } from "@mantine/core";
import type { ReactNode } from "react";

interface FigureTableProps {
  /** Heads of the columns; the first one is the names'. */
  head: readonly string[];
  rows: readonly { key: string | number; name: string; figures: readonly ReactNode[] }[];
}

/** A few figures per name, small enough for a panel. */
export function FigureTable({ head, rows }: FigureTableProps) {
  const [first, ...others] = head;
  return (
    <Table fz="xs" verticalSpacing={2} className="figures">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{first}</Table.Th>
          {others.map((title) => (
            <Table.Th key={title} ta="right">
              {title}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ key, name, figures }) => (
          <Table.Tr key={key}>
            <Table.Td>{name}</Table.Td>
            {others.map((title, i) => (
              <Table.Td key={title} ta="right">
                {figures[i]}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
