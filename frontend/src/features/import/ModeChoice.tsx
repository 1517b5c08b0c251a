import { Radio, Stack } from "@mantine/core";
import type { ImportKind, ImportMode } from "@/api/types";

const MODES: Record<ImportMode, { label: string; description: string }> = {
  upsert: {
    label: "Add new ones and update known ones",
    description: "The id decides what is known. What is not in the file stays as it is.",
  },
  add: {
    label: "Only add new ones",
    description: "Rows whose id is known already are left alone and counted.",
  },
  update: {
    label: "Only update known ones",
    description: "Rows with a new id are left alone and counted.",
  },
  replace: {
    label: "Replace: the file is the whole list",
    description: "As the first choice, and accounts that are not in the file disappear.",
  },
};
const ORDER: ImportMode[] = ["upsert", "add", "update", "replace"];

interface ModeChoiceProps {
  kind: ImportKind;
  mode: ImportMode;
  onChoose: (mode: ImportMode) => void;
}

export function ModeChoice({ kind, mode, onChoose }: ModeChoiceProps) {
  return (
    <Radio.Group
      value={mode}
      onChange={(value) => onChoose(value as ImportMode)}
      aria-label="What the file may change"
    >
      <Stack gap="sm">
        {ORDER.map((value) => (
          <Radio
            key={value}
            value={value}
            label={MODES[value].label}
            description={
              value === "replace" && kind === "reps"
                ? "For accounts only: a rep is never erased. Set reps inactive instead."
                : MODES[value].description
            }
            disabled={value === "replace" && kind === "reps"}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
