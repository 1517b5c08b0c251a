import {
  Button,
  Group,
  NativeSelect,
  NumberInput,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { useState } from "react";
import { useParted } from "@/api/barriers";
import { problemSentences } from "@/api/problem";
import type { BarrierProperties, BarrierShape } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { type BarrierFields, KIND_WORDS, partedWords } from "./barrierWords";

const COST_MAX_KM = 10_000;
const EFFECTS = [
  { value: "hard", label: "Hard: nobody passes" },
  { value: "soft", label: "Soft: passing costs" },
];
const KINDS = Object.entries(KIND_WORDS).map(([value, label]) => ({ value, label }));

interface BarrierFormProps {
  start: BarrierFields;
  /** Its effect is counted before it is saved; null where several are added at once. */
  geometry: BarrierShape | null;
  layerId: number | null;
  saveLabel: string;
  hasName: boolean;
  onSave: (fields: BarrierFields) => Promise<void>;
  onCancel: () => void;
}

export function BarrierForm(props: BarrierFormProps) {
  const { start, geometry, layerId, saveLabel, hasName, onSave, onCancel } = props;
  const [fields, setFields] = useState(start);
  const [isSaving, setSaving] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const set = (change: Partial<BarrierFields>) => setFields({ ...fields, ...change });
  const save = async () => {
    setSaving(true);
    setFailure(null);
    try {
      await onSave({ ...fields, name: fields.name.trim() });
    } catch (error) {
      setFailure(error);
      setSaving(false);
    }
  };
  const isComplete =
    (!hasName || fields.name.trim() !== "") && (fields.is_hard || fields.cost_km > 0);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Stack gap="xs" mt={4}>
        {hasName && (
          <TextInput
            size="xs"
            label="Name"
            required
            autoFocus
            maxLength={200}
            value={fields.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
        )}
        <NativeSelect
          size="xs"
          label="Kind"
          data={KINDS}
          value={fields.kind}
          onChange={(event) =>
            set({ kind: event.currentTarget.value as BarrierProperties["kind"] })
          }
        />
        <SegmentedControl
          size="xs"
          aria-label="What it does"
          data={EFFECTS}
          value={fields.is_hard ? "hard" : "soft"}
          onChange={(value) => set({ is_hard: value === "hard" })}
        />
        {!fields.is_hard && (
          <NumberInput
            size="xs"
            label="Cost of a crossing"
            description="Way that keeping both sides in one territory is worth"
            suffix=" km"
            min={0}
            max={COST_MAX_KM}
            decimalScale={1}
            value={fields.cost_km}
            onChange={(value) => set({ cost_km: Number(value) || 0 })}
          />
        )}
        {geometry && <Effect geometry={geometry} isHard={fields.is_hard} layerId={layerId} />}
        {failure !== null && (
          <ErrorNotice title="It was not saved" sentences={problemSentences(failure)} />
        )}
        <Group justify="flex-end" gap="xs">
          <Button size="xs" variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button size="xs" type="submit" loading={isSaving} disabled={!isComplete}>
            {saveLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Effect(props: { geometry: BarrierShape; isHard: boolean; layerId: number | null }) {
  const parted = useParted(props.geometry);
  if (parted.isError) {
    return (
      <ErrorNotice title="This cannot be a barrier" sentences={problemSentences(parted.error)} />
    );
  }
  const verb = props.isHard ? "Cuts" : "Makes crossing dearer between";
  return (
    <Text size="xs" role="status" aria-label="What it parts">
      {parted.data ? `${verb} ${partedWords(parted.data, props.layerId)}.` : "Counting …"}
    </Text>
  );
}
