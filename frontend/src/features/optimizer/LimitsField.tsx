import { NumberInput, Switch, Text } from "@mantine/core";
import type { RunDraft } from "./runDraft";

interface LimitsFieldProps {
  draft: RunDraft;
  n_locked: number;
  onChange: (values: Partial<RunDraft>) => void;
}

/** Homes, the longest way from them, and what stays with whom it is. */
export function LimitsField({ draft, n_locked, onChange }: LimitsFieldProps) {
  const { usesHomes, maxDistance_km, keepsOverrides } = draft;
  return (
    <>
      <Switch
        size="sm"
        label="Measure distance from the reps’ homes"
        checked={usesHomes}
        onChange={(event) => onChange({ usesHomes: event.currentTarget.checked })}
      />
      {usesHomes && (
        <NumberInput
          size="xs"
          label="No unit farther from home than"
          placeholder="no limit"
          suffix=" km"
          min={1}
          max={20000}
          allowNegative={false}
          value={maxDistance_km ?? ""}
          onChange={(value) => onChange({ maxDistance_km: value === "" ? null : Number(value) })}
        />
      )}
      <Switch
        size="sm"
        label="Keep named accounts where they are"
        checked={keepsOverrides}
        onChange={(event) => onChange({ keepsOverrides: event.currentTarget.checked })}
      />
      <Text size="xs" c="dimmed">
        {lockedWords(n_locked)}
      </Text>
    </>
  );
}

function lockedWords(n_locked: number): string {
  if (n_locked === 0) return "No territory is locked: all may change.";
  if (n_locked === 1) return "1 locked territory stays as it is.";
  return `${n_locked} locked territories stay as they are.`;
}
