import { Button, NumberInput, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useRef } from "react";
import type { ScorecardMetric, Territory } from "@/api/types";
import { LimitLine } from "./LimitLine";
import { hasMost, limitProblem, nextLimit } from "./limitDraft";
import type { RunDraft } from "./runDraft";

interface OwnLimitsProps {
  draft: RunDraft;
  metrics: readonly ScorecardMetric[];
  territories: readonly Pick<Territory, "id" | "name">[];
  currency: string;
  onChange: (values: Partial<RunDraft>) => void;
}

/** Least and most in the metrics' own units, and the room that every most leaves. */
export function OwnLimits({ draft, metrics, territories, currency, onChange }: OwnLimitsProps) {
  const add = useRef<HTMLButtonElement>(null);
  const { limits, headroom_percent } = draft;
  return (
    <fieldset className="plain-fieldset">
      <Text component="legend" size="sm" fw={650} mb={6}>
        At least, at most
      </Text>
      <Stack gap="xs">
        {limits.length === 0 && (
          <Text size="xs" c="dimmed">
            Nothing but the tolerances holds. A limit is always kept, such as at most 900 accounts.
          </Text>
        )}
        {limits.map((limit, place) => (
          <LimitLine
            key={limit.id}
            number={place + 1}
            problem={limitProblem(limit, draft)}
            onChange={(values) =>
              onChange({
                limits: limits.map((one) => (one === limit ? { ...one, ...values } : one)),
              })
            }
            onRemove={() => {
              onChange({ limits: limits.filter((one) => one !== limit) });
              add.current?.focus();
            }}
            {...{ limit, metrics, territories, currency }}
          />
        ))}
        <Button
          ref={add}
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() =>
            onChange({ limits: [...limits, nextLimit(limits, metrics[0]?.key ?? "accounts")] })
          }
        >
          Add a limit
        </Button>
        {hasMost(limits) && (
          <NumberInput
            size="xs"
            label="Room to grow"
            description="Stay this far under every most."
            suffix=" %"
            min={0}
            max={50}
            clampBehavior="blur"
            allowNegative={false}
            decimalScale={1}
            value={headroom_percent}
            onChange={(value) => onChange({ headroom_percent: Number(value) || 0 })}
          />
        )}
      </Stack>
    </fieldset>
  );
}
