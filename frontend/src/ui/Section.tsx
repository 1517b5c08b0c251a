import { Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";

interface SectionProps {
  title: string;
  /** What it is good for, in a sentence. */
  purpose: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}

export function Section({ title, purpose, action, children }: SectionProps) {
  const heading = useId();
  return (
    <Stack component="section" gap="sm" aria-labelledby={heading}>
      <Group justify="space-between" align="flex-end" gap="sm">
        <Stack gap={2} maw="65ch">
          <Title order={2} size="h4" id={heading}>
            {title}
          </Title>
          <Text size="sm" c="dimmed">
            {purpose}
          </Text>
        </Stack>
        {action}
      </Group>
      {children}
    </Stack>
  );
}
