import { Checkbox, Group, NumberInput, Stack, Text } from "@mantine/core";
import type { AimDraft } from "./runDraft";

interface AimsFieldProps {
  aims: readonly AimDraft[];
  onChange: (key: string, values: Partial<AimDraft>) => void;
}

/** Which metrics to balance, and how closely. */
export function AimsField({ aims, onChange }: AimsFieldProps) {
  return (
    <fieldset className="plain-fieldset">
      <Text component="legend" size="sm" fw={650} mb={6}>
        Balance
      </Text>
      <Stack gap={6}>
        {aims.map(({ key, label, isChosen, tolerance_percent }) => (
          <Group key={key} justify="space-between" wrap="nowrap">
            <Checkbox
              label={label}
              size="sm"
              checked={isChosen}
              onChange={(event) => onChange(key, { isChosen: event.currentTarget.checked })}
            />
            <NumberInput
              aria-label={`Tolerance of ${label}`}
              size="xs"
              w={92}
              prefix="± "
              suffix=" %"
              min={1}
              max={100}
              decimalScale={1}
              disabled={!isChosen}
              value={tolerance_percent}
              onChange={(value) => onChange(key, { tolerance_percent: Number(value) || 1 })}
            />
          </Group>
        ))}
      </Stack>
    </fieldset>
  );
}
