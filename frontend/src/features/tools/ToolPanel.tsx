import { CloseButton, Group, Paper, Text } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./ToolPanel.module.css";

interface ToolPanelProps {
  title: string;
  /** What the panel is called where the title names something else, such as the edit it shows. */
  label?: string;
  closeLabel: string;
  onClose: () => void;
  children: ReactNode;
}

/** What a tool asks or shows before anything is done, in the corner of the map. */
export function ToolPanel({ title, label = title, closeLabel, onClose, children }: ToolPanelProps) {
  return (
    <Paper
      className={classes.panel}
      shadow="md"
      data-over-map
      role="dialog"
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <Group justify="space-between" wrap="nowrap">
        <Text fw={650} size="sm">
          {title}
        </Text>
        <CloseButton aria-label={closeLabel} onClick={onClose} />
      </Group>
      {children}
    </Paper>
  );
}
