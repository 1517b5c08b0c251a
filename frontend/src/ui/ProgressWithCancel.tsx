import { Button, Group, Progress, Stack, Text } from "@mantine/core";

interface ProgressWithCancelProps {
  label: string;
  /** Fraction done; null while nothing is known. */
  fraction: number | null;
  message: string;
  onCancel?: () => void;
  isCancelling?: boolean;
}

export function ProgressWithCancel(props: ProgressWithCancelProps) {
  const { label, fraction, message, onCancel, isCancelling } = props;
  const percent = fraction === null ? 100 : Math.round(fraction * 100);
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="sm" fw={600}>
          {label}
        </Text>
        {fraction !== null && (
          <Text size="sm" className="figures">
            {percent} %
          </Text>
        )}
      </Group>
      <Progress.Root size="md">
        <Progress.Section value={percent} animated={fraction === null} aria-label={label} />
      </Progress.Root>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <Text size="sm" c="dimmed" aria-live="polite">
          {message}
        </Text>
        {onCancel && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={onCancel}
            loading={isCancelling}
            flex="none"
          >
            Cancel
          </Button>
        )}
      </Group>
    </Stack>
  );
}
