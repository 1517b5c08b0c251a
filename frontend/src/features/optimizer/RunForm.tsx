import {
  Button,
  Checkbox,
  Group,
  NumberInput,
  Radio,
  Slider,
  Stack,
  Switch,
  Text,
} from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { startRun } from "@/api/balancing";
import { problemSentences } from "@/api/problem";
import type { Alignment, Run, ScorecardMetric } from "@/api/types";
import { shownMetrics } from "@/domain/territoryView";
import { ErrorNotice } from "@/ui/ErrorNotice";

interface Aim {
  key: string;
  label: string;
  isChosen: boolean;
  tolerance_percent: number;
}

interface RunFormProps {
  alignment: Alignment;
  metrics: readonly ScorecardMetric[];
  n_locked: number;
  isDisabled: boolean;
  onStarted: (run: Run) => void;
}

const CHOSEN_AT_FIRST = new Set(["accounts", "revenue"]);

export function RunForm({ alignment, metrics, n_locked, isDisabled, onStarted }: RunFormProps) {
  const [aims, setAims] = useState<Aim[]>(() =>
    shownMetrics(metrics).map(({ key, label, tolerance }) => ({
      key,
      label,
      isChosen: CHOSEN_AT_FIRST.has(key),
      tolerance_percent: Math.round(tolerance * 100),
    })),
  );
  const [from, setFrom] = useState<"current" | "scratch">("current");
  const [hasMoveLimit, setHasMoveLimit] = useState(false);
  const [movedPercent, setMovedPercent] = useState(15);
  const [usesHomes, setUsesHomes] = useState(true);
  const [maxDistance_km, setMaxDistance_km] = useState<number | null>(null);
  const [keepsOverrides, setKeepsOverrides] = useState(true);
  const chosen = aims.filter(({ isChosen }) => isChosen);

  const start = useMutation({
    mutationFn: () =>
      startRun(
        {
          alignment_id: alignment.id,
          metrics: chosen.map(({ key, tolerance_percent }, position) => ({
            key,
            tolerance: tolerance_percent / 100,
            is_primary: position === 0,
          })),
          max_moved_fraction: from === "current" && hasMoveLimit ? movedPercent / 100 : null,
          keep_overrides: keepsOverrides,
          use_homes: usesHomes,
          max_distance_km: usesHomes ? maxDistance_km : null,
          seed: 1,
          from,
        },
        crypto.randomUUID(),
      ),
    onSuccess: onStarted,
  });
  const change = (key: string, values: Partial<Aim>) =>
    setAims(aims.map((aim) => (aim.key === key ? { ...aim, ...values } : aim)));

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate();
      }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          Finds connected territories within the tolerances and with little travel. It never touches
          “{alignment.name}”: the result is a proposal.
        </Text>
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
                  onChange={(event) => change(key, { isChosen: event.currentTarget.checked })}
                />
                <NumberInput
                  aria-label={`Tolerance of ${label}`}
                  size="xs"
                  w={92}
                  prefix="± "
                  suffix=" %"
                  min={1}
                  max={100}
                  disabled={!isChosen}
                  value={tolerance_percent}
                  onChange={(value) => change(key, { tolerance_percent: Number(value) || 1 })}
                />
              </Group>
            ))}
          </Stack>
        </fieldset>
        <Radio.Group
          label="Start from"
          value={from}
          onChange={(value) => setFrom(value as "current" | "scratch")}
        >
          <Stack gap={6} mt={6}>
            <Radio size="sm" value="current" label="these territories: move as little as needed" />
            <Radio size="sm" value="scratch" label="nothing: the best map for these reps" />
          </Stack>
        </Radio.Group>
        {from === "current" && (
          <Stack gap={6}>
            <Switch
              size="sm"
              label="Limit how many accounts may move"
              checked={hasMoveLimit}
              onChange={(event) => setHasMoveLimit(event.currentTarget.checked)}
            />
            {hasMoveLimit && (
              <Slider
                aria-label="At most this share of accounts moves"
                thumbLabel="At most this share of accounts moves"
                min={1}
                max={50}
                value={movedPercent}
                onChange={setMovedPercent}
                label={(value) => `${value} %`}
                marks={[5, 15, 30, 50].map((value) => ({ value, label: `${value} %` }))}
                mb="lg"
              />
            )}
          </Stack>
        )}
        <Switch
          size="sm"
          label="Measure distance from the reps’ homes"
          checked={usesHomes}
          onChange={(event) => setUsesHomes(event.currentTarget.checked)}
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
            onChange={(value) => setMaxDistance_km(value === "" ? null : Number(value))}
          />
        )}
        <Switch
          size="sm"
          label="Keep named accounts where they are"
          checked={keepsOverrides}
          onChange={(event) => setKeepsOverrides(event.currentTarget.checked)}
        />
        <Text size="xs" c="dimmed">
          {n_locked === 0
            ? "No territory is locked: all may change."
            : `${n_locked} locked ${n_locked === 1 ? "territory stays" : "territories stay"} as ${n_locked === 1 ? "it is" : "they are"}.`}
        </Text>
        {start.isError && (
          <ErrorNotice title="Not started" sentences={problemSentences(start.error)} />
        )}
        <Button
          type="submit"
          loading={start.isPending}
          disabled={isDisabled || chosen.length === 0}
        >
          Rebalance
        </Button>
      </Stack>
    </form>
  );
}
