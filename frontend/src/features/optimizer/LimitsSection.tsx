import { NativeSelect, NumberInput, Stack, Switch, Text } from "@mantine/core";
import type { ScorecardMetric, Territory, UnitLayer } from "@/api/types";
import { groupChoices, limitsWords } from "./limitsWords";
import { MissesField } from "./MissesField";
import { OwnLimits } from "./OwnLimits";
import classes from "./panel.module.css";
import type { AimDraft, RunDraft } from "./runDraft";

interface LimitsSectionProps {
  draft: RunDraft;
  metrics: readonly ScorecardMetric[];
  territories: readonly Pick<Territory, "id" | "name">[];
  currency: string;
  layerKind: UnitLayer["kind"] | undefined;
  onChange: (values: Partial<RunDraft>) => void;
  onAim: (key: string, values: Partial<AimDraft>) => void;
}

/** All that is rarely asked for, folded, with what is set in a line. */
export function LimitsSection(props: LimitsSectionProps) {
  const { draft, layerKind, onChange, onAim } = props;
  const { usesHomes, maxDistance_km, keepsOverrides, keepTogether } = draft;
  const choices = groupChoices(layerKind);
  return (
    <details className={classes.limits}>
      <summary>
        <Text span size="sm" fw={650}>
          Limits
        </Text>
        <Text span size="xs" c="dimmed" className={classes.summaryLine}>
          {limitsWords(draft)}
        </Text>
      </summary>
      <Stack gap="md" mt="sm">
        <OwnLimits {...props} />
        <MissesField draft={draft} onChange={onAim} />
        {choices.length > 0 && (
          <NativeSelect
            size="xs"
            label="Keep together"
            description="Units that share this end up in one territory."
            data={[{ value: "", label: "nothing" }, ...choices]}
            value={keepTogether ?? ""}
            onChange={({ currentTarget: { value } }) =>
              onChange({ keepTogether: value === "" ? null : (value as typeof keepTogether) })
            }
          />
        )}
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
      </Stack>
    </details>
  );
}
