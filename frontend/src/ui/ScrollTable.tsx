import { Box, Table } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./ScrollTable.module.css";

interface ScrollTableProps {
  label: string;
  /** Height at which the rows begin to scroll under the head. */
  maxHeight?: number;
  children: ReactNode;
}

/** A table wider or longer than its place: scrolls inside itself, also by keyboard. */
export function ScrollTable({ label, maxHeight, children }: ScrollTableProps) {
  return (
    <Box
      component="section"
      className={classes.scroll}
      mah={maxHeight}
      tabIndex={0}
      aria-label={label}
    >
      <Table stickyHeader={maxHeight !== undefined} verticalSpacing="xs" fz="sm">
        {children}
      </Table>
    </Box>
  );
}
