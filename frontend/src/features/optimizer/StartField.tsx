import { Checkbox, Radio, Slider, Stack, Switch } from "@mantine/core";
import { canCompare, canScatter, type RunDraft } from "./runDraft";

interface StartFieldProps {
  draft: RunDraft;
  onChange: (values: Partial<RunDraft>) => void;
}

/** From today's territories, and how much of them may move, or from nothing. */
export function StartField({ draft, onChange }: StartFieldProps) {
  const { from, hasMoveLimit, moved_percent, withCurve, objective, isConnected } = draft;
  return (
    <>
      <Radio.Group
        label="Start from"
        value={from}
        onChange={(value) => onChange({ from: value as RunDraft["from"] })}
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
            onChange={(event) => onChange({ hasMoveLimit: event.currentTarget.checked })}
          />
          {hasMoveLimit && (
            <Slider
              aria-label="At most this share of accounts moves"
              thumbLabel="At most this share of accounts moves"
              min={1}
              max={50}
              value={moved_percent}
              onChange={(value) => onChange({ moved_percent: value })}
              label={(value) => `${value} %`}
              marks={[5, 15, 30, 50].map((value) => ({ value, label: `${value} %` }))}
              mb="lg"
            />
          )}
        </Stack>
      )}
      {from === "scratch" && (
        <Radio.Group
          label="Keep short"
          value={objective}
          onChange={(value) => onChange({ objective: value as RunDraft["objective"] })}
        >
          <Stack gap={6} mt={6}>
            <Radio size="sm" value="distance" label="distances: little travel" />
            <Radio size="sm" value="borders" label="borders: few neighbours apart" />
          </Stack>
        </Radio.Group>
      )}
      {canScatter(draft) && (
        <Checkbox
          size="sm"
          label="Keep each territory connected"
          description="Off: books of accounts, for teams that do not travel"
          checked={isConnected}
          onChange={(event) => onChange({ isConnected: event.currentTarget.checked })}
        />
      )}
      {canCompare(draft) && (
        <Checkbox
          size="sm"
          label="Also compare other plans (takes longer)"
          checked={withCurve}
          onChange={(event) => onChange({ withCurve: event.currentTarget.checked })}
        />
      )}
    </>
  );
}
