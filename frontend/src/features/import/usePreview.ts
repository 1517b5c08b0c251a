import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type Mapping, previewImport } from "@/api/imports";

const SETTLE_MS = 250;

/** The first rows as they would be imported, asked anew shortly after each change. */
export function usePreview(importId: number, mapping: Mapping, isComplete: boolean) {
  const [settled] = useDebouncedValue(mapping, SETTLE_MS);
  return useQuery({
    queryKey: ["import-preview", importId, settled],
    queryFn: ({ signal }) => previewImport(importId, { mapping: settled }, signal),
    placeholderData: keepPreviousData,
    enabled: isComplete && settled === mapping,
  });
}

export type Preview = ReturnType<typeof usePreview>;
