import { Alert, Button, List, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";

interface ErrorNoticeProps {
  title: string;
  /** First sentence is what happened, the others the details. */
  sentences: string[];
  /** The way out: usually to try again. */
  onRetry?: () => void;
  retryLabel?: string;
  children?: ReactNode;
}

export function ErrorNotice({ title, sentences, onRetry, retryLabel, children }: ErrorNoticeProps) {
  const [first, ...rest] = sentences;
  return (
    <Alert color="red" variant="light" title={title} icon={<IconAlertTriangle />} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{first}</Text>
        {rest.length > 0 && (
          <List size="sm">
            {rest.map((sentence) => (
              <List.Item key={sentence}>{sentence}</List.Item>
            ))}
          </List>
        )}
        {children}
        {onRetry && (
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            {retryLabel ?? "Try again"}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
