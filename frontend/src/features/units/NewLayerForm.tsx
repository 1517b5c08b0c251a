import { Button, Group, Paper, SegmentedControl, Stack, TextInput, Title } from "@mantine/core";
import { type FormEvent, useEffect, useRef, useState } from "react";
import type { UnitLayer } from "@/api/types";
import { useAccountSample } from "@/api/unitLayers";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { accountPlaces } from "./accountPlaces";
import { NO_SIDES, sideTexts } from "./bounds";
import { CountyFields } from "./CountyFields";
import { FileUpload } from "./FileUpload";
import { HexagonFields } from "./HexagonFields";
import {
  type ChoiceProblems,
  type LayerChoice,
  type LayerDraft,
  readChoice,
  suggestedName,
} from "./layerChoice";
import { refusalSentences } from "./layerWords";
import classes from "./NewLayerForm.module.css";
import { useNewLayer } from "./useNewLayer";

const FIRST_DRAFT: LayerDraft = {
  kind: "counties",
  states: null,
  isWholeCountry: false,
  resolution: 5,
  sides: null,
  name: null,
};

/** Radios are not called invalid one by one, so their group says it. */
const REFUSED_FIELD = '[aria-invalid="true"], [data-refused] input:checked';

export function NewLayerForm({ onCreated }: { onCreated: (layer: UnitLayer) => void }) {
  const [draft, setDraft] = useState(FIRST_DRAFT);
  const [n_refused, setRefused] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const sample = useAccountSample();
  const create = useNewLayer((layer) => {
    setDraft({ ...draft, name: null });
    onCreated(layer);
  });

  const places = sample.data ? accountPlaces(sample.data) : null;
  const choice: LayerChoice = {
    ...draft,
    states: draft.states ?? places?.states ?? [],
    sides: draft.sides ?? (places?.bounds ? sideTexts(places.bounds) : NO_SIDES),
  };
  const { body, problems } = readChoice(choice);
  // A field is not called wrong before it was handed in; the count of hexagons is told at once.
  const shown: ChoiceProblems =
    n_refused > 0 ? problems : { resolution: problems.resolution, sides: {} };
  const change = (changed: Partial<LayerDraft>) => {
    create.reset();
    setDraft({ ...draft, ...changed });
  };

  useEffect(() => {
    if (n_refused > 0) form.current?.querySelector<HTMLElement>(REFUSED_FIELD)?.focus();
  }, [n_refused]);

  function submit(event: FormEvent) {
    event.preventDefault();
    setRefused(body ? 0 : n_refused + 1);
    if (body) create.mutate(body);
  }

  const head = (
    <Group justify="space-between">
      <Title order={2} size="h4" id="new-unit-layer">
        New unit layer
      </Title>
      <SegmentedControl
        aria-label="What the units are"
        value={draft.kind}
        onChange={(kind) => {
          setRefused(0);
          change({ kind: kind as LayerDraft["kind"] });
        }}
        data={[
          { value: "counties", label: "Counties" },
          { value: "h3", label: "Hexagons" },
          { value: "file", label: "File" },
        ]}
      />
    </Group>
  );
  if (draft.kind === "file") {
    return (
      <Paper withBorder p="lg" component="section" aria-labelledby="new-unit-layer">
        <Stack gap="md" className={classes.form}>
          {head}
          <FileUpload onCreated={onCreated} />
        </Stack>
      </Paper>
    );
  }

  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="new-unit-layer">
      <form onSubmit={submit} ref={form} noValidate className={classes.form}>
        <Stack gap="md">
          {head}
          {draft.kind === "counties" ? (
            <CountyFields
              choice={choice}
              isFilledIn={draft.states === null}
              places={places}
              problem={shown.states}
              onChange={change}
            />
          ) : (
            <HexagonFields
              choice={choice}
              isFilledIn={draft.sides === null}
              places={places}
              problems={shown}
              onChange={change}
            />
          )}
          <TextInput
            label="Name"
            required
            maw="34rem"
            value={draft.name ?? suggestedName(choice)}
            onChange={(event) => change({ name: event.currentTarget.value })}
            error={shown.name}
          />
          {create.isError && (
            <ErrorNotice title="Not made" sentences={refusalSentences(create.error)} />
          )}
          <Group>
            <Button type="submit" loading={create.isPending}>
              Make unit layer
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
