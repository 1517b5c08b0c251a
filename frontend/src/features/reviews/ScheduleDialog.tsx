import {
  Button,
  Group,
  Modal,
  MultiSelect,
  NativeSelect,
  NumberInput,
  Stack,
  Switch,
  Text,
  TextInput,
} from "@mantine/core";
import { type FormEvent, useState } from "react";
import { problemSentences } from "@/api/problem";
import {
  type ReviewSchedule,
  type Rhythm,
  useMembers,
  useReviewScheduleWrites,
} from "@/api/reviews";
import type { Team } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import classes from "./reviews.module.css";
import { METRICS, WEEKDAYS } from "./reviewWords";
import { bodyOf, draftOf, type ScheduleDraft, watchesSomething } from "./scheduleDraft";

const RHYTHMS: { value: Rhythm; label: string }[] = [
  { value: "weekly", label: "Every week" },
  { value: "monthly", label: "Every month" },
  { value: "quarterly", label: "Every quarter" },
];

interface ScheduleDialogProps {
  edited: ReviewSchedule | "new" | null;
  teams: readonly Team[];
  teamId: number;
  onClose: () => void;
}

export function ScheduleDialog({ edited, teams, teamId, onClose }: ScheduleDialogProps) {
  const schedule = edited === "new" ? null : edited;
  return (
    <Modal
      opened={edited !== null}
      onClose={onClose}
      size="lg"
      title={schedule ? `Change ${schedule.name}` : "New schedule"}
    >
      {edited && (
        <ScheduleForm schedule={schedule} teams={teams} teamId={teamId} onClose={onClose} />
      )}
    </Modal>
  );
}

interface ScheduleFormProps {
  schedule: ReviewSchedule | null;
  teams: readonly Team[];
  teamId: number;
  onClose: () => void;
}

function ScheduleForm({ schedule, teams, teamId, onClose }: ScheduleFormProps) {
  const { create, change, remove } = useReviewScheduleWrites();
  const [draft, setDraft] = useState(() => draftOf(schedule, teamId));
  const set = (fields: Partial<ScheduleDraft>) => setDraft({ ...draft, ...fields });
  const refused = [create, change, remove].find(({ isError }) => isError);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = bodyOf(draft);
    if (!schedule) return create.mutate(body, { onSuccess: onClose });
    const { team_id: _, ...fields } = body;
    change.mutate({ id: schedule.id, ...fields }, { onSuccess: onClose });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Group grow align="start">
          <TextInput
            label="Name"
            required
            maxLength={200}
            data-autofocus
            value={draft.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <NativeSelect
            label="Team"
            disabled={schedule !== null}
            data={teams.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={String(draft.teamId)}
            onChange={(event) => set({ teamId: Number(event.currentTarget.value) })}
          />
        </Group>
        <RhythmFields draft={draft} onChange={set} />
        <BandFields draft={draft} onChange={set} />
        <RecipientField draft={draft} onChange={set} />
        {schedule && (
          <Switch
            label="Held when it is due"
            checked={draft.isActive}
            onChange={(event) => set({ isActive: event.currentTarget.checked })}
          />
        )}
        {refused && <ErrorNotice title="Not saved" sentences={problemSentences(refused.error)} />}
        <Group justify="flex-end">
          {schedule && (
            <Button
              color="red"
              variant="subtle"
              mr="auto"
              loading={remove.isPending}
              onClick={() => remove.mutate(schedule.id, { onSuccess: onClose })}
            >
              Delete, and keep its reviews
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            disabled={!watchesSomething(draft)}
            loading={create.isPending || change.isPending}
          >
            {schedule ? "Save" : "Make schedule"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface FieldsProps {
  draft: ScheduleDraft;
  onChange: (fields: Partial<ScheduleDraft>) => void;
}

function RhythmFields({ draft, onChange }: FieldsProps) {
  return (
    <Group grow align="start">
      <NativeSelect
        label="Held"
        data={RHYTHMS}
        value={draft.every}
        onChange={(event) => onChange({ every: event.currentTarget.value as Rhythm })}
      />
      {draft.every === "weekly" ? (
        <NativeSelect
          label="On"
          data={WEEKDAYS.map((label, weekday) => ({ value: String(weekday), label }))}
          value={String(draft.weekday)}
          onChange={(event) => onChange({ weekday: Number(event.currentTarget.value) })}
        />
      ) : (
        <NumberInput
          label="On day of the month"
          description="In a shorter month its last day."
          inputWrapperOrder={["label", "input", "description"]}
          min={1}
          max={31}
          allowDecimal={false}
          required
          value={draft.day}
          onChange={(day) => onChange({ day })}
        />
      )}
    </Group>
  );
}

function BandFields({ draft, onChange }: FieldsProps) {
  return (
    <fieldset className="plain-fieldset">
      <Text component="legend" size="sm" fw={650}>
        Watched bands
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        How far a territory may lie from its target before it raises an alarm. What is left empty is
        measured, and raises none.
      </Text>
      <div className={classes.thresholds}>
        {METRICS.map(({ key, label }) => (
          <NumberInput
            key={key}
            label={label}
            prefix="± "
            suffix=" %"
            placeholder="Not watched"
            min={0.1}
            max={100}
            value={draft.percents[key] ?? ""}
            onChange={(percent) => onChange({ percents: { ...draft.percents, [key]: percent } })}
          />
        ))}
        <NumberInput
          label="Least balance index"
          placeholder="Not watched"
          min={0}
          max={100}
          value={draft.indexMin}
          onChange={(indexMin) => onChange({ indexMin })}
        />
      </div>
    </fieldset>
  );
}

function RecipientField({ draft, onChange }: FieldsProps) {
  const members = useMembers();
  return (
    <MultiSelect
      label="Mailed when there is an alarm"
      description="Members who may read reviews. Webhooks that listen to alarms are told in any case."
      placeholder={draft.recipients.length === 0 ? "Nobody" : undefined}
      data={(members.data ?? [])
        .filter(({ role }) => role !== "rep")
        .map(({ id, name, email }) => ({ value: String(id), label: name || email }))}
      value={draft.recipients}
      onChange={(recipients) => onChange({ recipients })}
      searchable
      clearable
    />
  );
}
