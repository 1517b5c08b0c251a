import { Select, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { previewImport } from "@/api/imports";
import { problemSentences } from "@/api/problem";
import type { Import } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";

/** Another sheet has other columns: the server looks at it and the wizard starts over with those. */
export function SheetChoice({ item }: { item: Import }) {
  const queries = useQueryClient();
  const [isLooking, setIsLooking] = useState(false);
  const [sentences, setSentences] = useState<string[] | null>(null);
  const { sheet, sheets } = item.detected;
  if (sheets.length < 2) return null;

  async function choose(name: string | null) {
    if (!name || name === sheet) return;
    setIsLooking(true);
    setSentences(null);
    try {
      await previewImport(item.id, { mapping: {}, sheet: name });
      await queries.invalidateQueries({ queryKey: ["import", item.id] });
    } catch (reason) {
      setSentences(problemSentences(reason));
    }
    setIsLooking(false);
  }

  return (
    <Stack gap="xs">
      <Select
        label="Sheet of the workbook"
        data={sheets}
        value={sheet}
        onChange={choose}
        disabled={isLooking}
        allowDeselect={false}
        maw="20rem"
      />
      {sentences && <ErrorNotice title="The sheet could not be read" sentences={sentences} />}
    </Stack>
  );
}
