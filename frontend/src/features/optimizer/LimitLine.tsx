import { ActionIcon, Group, NativeSelect, NumberInput, Stack, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ScorecardMetric, Territory } from "@/api/types";
import { type LimitDraft, todayWords, unitSuffix } from "./limitDraft";
import classes from "./panel.module.css";

interface LimitLineProps {
  limit: LimitDraft;
  /** Its place among the limits, from 1, for those who hear the page. */
  number: number;
  metrics: readonly ScorecardMetric[];
  territories: readonly Pick<Territory, "id" | "name">[];
  currency: string;
  problem: string | null;
  onChange: (values: Partial<LimitDraft>) => void;
  onRemove: () => void;
}

const EVERY = "";

/** One limit: of what, where, at least, at most. */
export function LimitLine(props: LimitLineProps) {
  const { limit, number, metrics, territories, currency, problem, onChange } = props;
  const metric = metrics.find(({ key }) => key === limit.key);
  const suffix = unitSuffix(metric?.unit ?? "", currency);
  const figure = (side: "least" | "most", label: string) => (
    <NumberInput
      size="xs"
      flex={1}
      label={label}
      aria-label={`${label}, limit ${number}`}
      aria-describedby={`limit-${limit.id}`}
      placeholder="none"
      suffix={suffix}
      thousandSeparator=","
      min={0}
      allowNegative={false}
      hideControls
      error={problem !== null}
      value={limit[side] ?? ""}
      onChange={(value) => onChange({ [side]: value === "" ? null : Number(value) })}
    />
  );
  return (
    <Stack gap={4} className={classes.limit} role="group" aria-label={`Limit ${number}`}>
      <Group gap={6} wrap="nowrap" align="center">
        <NativeSelect
          size="xs"
          flex={2}
          aria-label={`Metric of limit ${number}`}
          data={metrics.map(({ key, label }) => ({ value: key, label }))}
          value={limit.key}
          onChange={(event) => onChange({ key: event.currentTarget.value })}
          autoFocus={limit.least === null && limit.most === null}
        />
        <NativeSelect
          size="xs"
          flex={3}
          aria-label={`Territory of limit ${number}`}
          data={[
            { value: EVERY, label: "in every territory" },
            ...territories.map(({ id, name }) => ({ value: String(id), label: `in ${name}` })),
          ]}
          value={limit.territoryId === null ? EVERY : String(limit.territoryId)}
          onChange={({ currentTarget: { value } }) =>
            onChange({ territoryId: value === EVERY ? null : Number(value) })
          }
        />
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Remove limit ${number}`}
          onClick={props.onRemove}
        >
          <IconX size={16} />
        </ActionIcon>
      </Group>
      <Group gap={6} wrap="nowrap" grow>
        {figure("least", "At least")}
        {figure("most", "At most")}
      </Group>
      <Text
        id={`limit-${limit.id}`}
        size="xs"
        c={problem === null ? "dimmed" : "var(--over)"}
        role={problem === null ? undefined : "alert"}
      >
        {problem ?? (metric && todayWords(metric, currency))}
      </Text>
    </Stack>
  );
}
