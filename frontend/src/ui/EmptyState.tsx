import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./EmptyState.module.css";

interface EmptyStateProps {
  title: string;
  /** The next step, in words. */
  children: ReactNode;
  action?: ReactNode;
  icon?: ReactNode;
}

export function EmptyState({ title, children, action, icon }: EmptyStateProps) {
  return (
    <Stack className={classes.empty} gap="xs" align="center">
      {icon}
      <Title order={2} size="h5">
        {title}
      </Title>
      <Text size="sm" c="dimmed" maw="42ch" ta="center" component="div">
        {children}
      </Text>
      {action}
    </Stack>
  );
}
