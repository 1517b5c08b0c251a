import { Skeleton, Stack } from "@mantine/core";

/** Grey lines where a list will be. */
export function LoadingLines({ label, lines = 4 }: { label: string; lines?: number }) {
  return (
    <Stack gap="sm" p="md" role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <Skeleton key={position} height={18} radius="sm" />
      ))}
    </Stack>
  );
}
