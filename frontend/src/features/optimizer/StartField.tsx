import { Checkbox, Radio, Slider, Stack, Switch } from "@mantine/core";
import { canCompare, canScatter, type RunDraft } from "./runDraft";

type Options<Value extends string> = readonly (readonly [value: Value, label: string])[];

const STARTS: Options<RunDraft["from"]> = [
  ["current", "these territories: move as little as needed"],
  ["scratch", "nothing: the best map for these reps"],
];
const OBJECTIVES: Options<RunDraft["objective"]> = [
  ["distance", "distances: little travel"],
  ["borders", "borders: few neighbours apart"],
];

interface StartFieldProps {
  draft: RunDraft;
  onChange: (values: Partial<RunDraft>) => void;
}

/** From today's territories, and how much of them may move, or from nothing. */
export function StartField({ draft, onChange }: StartFieldProps) {
  const { from, hasMoveLimit, moved_percent, withCurve, objective, isConnected } = draft;
  return (
    <>
      <Choice
        label="Start from"
        value={from}
        options={STARTS}
        onChange={(value) => onChange({ from: value })}
      />
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
        <Choice
          label="Keep short"
          value={objective}
          options={OBJECTIVES}
          onChange={(value) => onChange({ objective: value })}
        />
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

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: Options<Value>;
  onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <Radio.Group label={label} value={value} onChange={(chosen) => onChange(chosen as Value)}>
      <Stack gap={6} mt={6}>
        {options.map(([key, words]) => (
          <Radio key={key} size="sm" value={key} label={words} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
