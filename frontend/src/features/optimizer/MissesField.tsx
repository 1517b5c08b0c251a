import { Group, NativeSelect, NumberInput, Stack, Text } from "@mantine/core";
import { keepsDistancesShort } from "./objective";
import { type AimDraft, chosenAims, type RunDraft } from "./runDraft";

interface MissesFieldProps {
  draft: RunDraft;
  onChange: (key: string, values: Partial<AimDraft>) => void;
}

const FIRST_PRICE_KM = 1;

/** Which tolerances must be kept, and which may be missed where keeping them costs too long ways. */
export function MissesField({ draft, onChange }: MissesFieldProps) {
  const [primary, ...others] = chosenAims(draft);
  if (!primary || others.length === 0 || !keepsDistancesShort(draft)) return null;
  const mayMiss = others.some(({ missPrice_km }) => missPrice_km !== null);
  return (
    <fieldset className="plain-fieldset">
      <Text component="legend" size="sm" fw={650} mb={6}>
        Where a tolerance is hard to keep
      </Text>
      <Stack gap={6}>
        {others.map(({ key, label, missPrice_km }) => (
          <Stack key={key} gap={6}>
            <Group gap={6} wrap="nowrap" justify="space-between">
              <Text size="sm">{label}</Text>
              <NativeSelect
                size="xs"
                w={150}
                aria-label={`Tolerance of ${label}: must it be kept?`}
                data={[
                  { value: "kept", label: "must be kept" },
                  { value: "missed", label: "may be missed" },
                ]}
                value={missPrice_km === null ? "kept" : "missed"}
                onChange={({ currentTarget: { value } }) =>
                  onChange(key, { missPrice_km: value === "kept" ? null : FIRST_PRICE_KM })
                }
              />
            </Group>
            {missPrice_km !== null && (
              <Group gap={6} wrap="nowrap" justify="space-between">
                <Text size="xs" c="dimmed">
                  where keeping 1 % of it costs more than
                </Text>
                <NumberInput
                  size="xs"
                  w={92}
                  flex="none"
                  aria-label={`Kilometres that 1 % of ${label.toLowerCase()} is worth`}
                  aria-describedby="misses-hint"
                  suffix=" km"
                  min={0}
                  max={1000}
                  clampBehavior="blur"
                  allowNegative={false}
                  decimalScale={2}
                  value={missPrice_km}
                  onChange={(value) => onChange(key, { missPrice_km: Number(value) || 0 })}
                />
              </Group>
            )}
          </Stack>
        ))}
        <Text size="xs" c="dimmed" id="misses-hint">
          {mayMiss
            ? `Km of mean distance for 1 % of the metric’s total. ${primary.label} must always be kept.`
            : "All must be kept, however long the ways get."}
        </Text>
      </Stack>
    </fieldset>
  );
}
