import {
  Anchor,
  Button,
  Group,
  Modal,
  NativeSelect,
  Radio,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { createAlignment, previewConversion, useUnitLayers } from "@/api/alignments";
import { problemSentences } from "@/api/problem";
import type { Alignment, Conversion, CoverRule } from "@/api/types";
import { formatCount, formatMoney, formatSigned } from "@/domain/format";
import { Callout } from "@/ui/Callout";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { FigureTable } from "@/ui/FigureTable";
import { LoadingLines } from "@/ui/LoadingLines";
import { conversionWords, gainsAndLosses } from "./conversionWords";

const RULES: readonly [value: CoverRule, label: string][] = [
  ["area", "who has the largest share of its ground"],
  ["centre", "who has its middle"],
];

interface ConvertDialogProps {
  alignment: Alignment;
  currency: string;
  isOpen: boolean;
  onClose: () => void;
  onCreated: (alignment: Alignment) => void;
}

/** The same territories on the other basis, as a scenario beside this one. */
export function ConvertDialog(props: ConvertDialogProps) {
  const isToUnits = props.alignment.basis === "drawn";
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      title={isToUnits ? "Make it of whole units" : "Make it of drawn shapes"}
      size="lg"
    >
      {isToUnits ? <ToUnits {...props} /> : <ToShapes {...props} />}
    </Modal>
  );
}

function ToUnits(props: ConvertDialogProps) {
  const { alignment, currency } = props;
  const layers = useUnitLayers();
  const ready = layers.data?.filter(({ state }) => state === "ready") ?? [];
  const [chosen, setChosen] = useState<number | null>(null);
  const [rule, setRule] = useState<CoverRule>("area");
  const layerId = chosen ?? ready[0]?.id ?? null;
  const preview = useQuery({
    queryKey: ["conversion", alignment.id, alignment.revision, layerId, rule],
    queryFn: ({ signal }) =>
      previewConversion(alignment.id, { unit_layer_id: layerId as number, rule }, signal),
    enabled: layerId !== null,
  });
  if (layers.isSuccess && ready.length === 0) {
    return (
      <Text size="sm">
        No unit layer is ready yet: make one under{" "}
        <Anchor href="#/units" underline="always">
          Units
        </Anchor>
        .
      </Text>
    );
  }
  return (
    <Stack gap="md">
      <NativeSelect
        label="Units"
        value={String(layerId ?? "")}
        onChange={(event) => setChosen(Number(event.currentTarget.value))}
        data={ready.map(({ id, name, n_units }) => ({
          value: String(id),
          label: `${name} (${formatCount(n_units)})`,
        }))}
      />
      <Radio.Group
        label="A unit goes to"
        value={rule}
        onChange={(value) => setRule(value as CoverRule)}
      >
        <Group mt="xs">
          {RULES.map(([value, label]) => (
            <Radio key={value} value={value} label={label} />
          ))}
        </Group>
      </Radio.Group>
      {layerId !== null && preview.isPending && <LoadingLines label="Counting" lines={4} />}
      {preview.isError && (
        <ErrorNotice
          title="Could not work it out"
          sentences={problemSentences(preview.error)}
          onRetry={() => void preview.refetch()}
        />
      )}
      {preview.data && <WhatChanges conversion={preview.data} currency={currency} />}
      <ScenarioForm
        {...props}
        suggestedName={`${alignment.name}, whole units`}
        isReady={preview.isSuccess}
        basis={{ basis: "units", unit_layer_id: layerId, rule }}
      />
    </Stack>
  );
}

function WhatChanges({ conversion, currency }: { conversion: Conversion; currency: string }) {
  const rows = gainsAndLosses(conversion);
  return (
    <Stack gap="xs" role="status" aria-label="What would change">
      <Callout tone={conversion.n_unassigned > 0 ? "warn" : "info"}>
        {conversionWords(conversion).map((sentence) => (
          <Text size="sm" key={sentence}>
            {sentence}
          </Text>
        ))}
      </Callout>
      {rows.length > 0 && (
        <div className="scroll-y" style={{ maxHeight: 240 }}>
          <FigureTable
            head={["Territory", "Accounts", "Revenue", "Hours"]}
            rows={rows.map(({ territory_id, name, accounts, revenue_minor, workload_h }) => ({
              key: territory_id ?? 0,
              name: name || "nobody",
              figures: [
                formatSigned(accounts, formatCount),
                formatSigned(revenue_minor, (value) => formatMoney(value, currency)),
                formatSigned(workload_h, formatCount),
              ],
            }))}
          />
        </div>
      )}
    </Stack>
  );
}

function ToShapes(props: ConvertDialogProps) {
  return (
    <Stack gap="md">
      <Text size="sm">
        The outlines of the {props.alignment.n_territories} territories become boundaries that you
        can draw on. Every account on the map stays with its territory; “{props.alignment.name}”
        stays as it is.
      </Text>
      <ScenarioForm
        {...props}
        suggestedName={`${props.alignment.name}, drawn`}
        isReady
        basis={{ basis: "drawn" }}
      />
    </Stack>
  );
}

interface ScenarioFormProps extends ConvertDialogProps {
  suggestedName: string;
  isReady: boolean;
  basis: { basis: "units"; unit_layer_id: number | null; rule: CoverRule } | { basis: "drawn" };
}

function ScenarioForm({ alignment, suggestedName, isReady, basis, ...on }: ScenarioFormProps) {
  const [name, setName] = useState(suggestedName);
  const create = useMutation({
    mutationFn: () =>
      createAlignment({
        name: name.trim(),
        source: "copy",
        team_id: alignment.team_id,
        copy_of: alignment.id,
        ...basis,
      }),
    onSuccess: (created) => {
      on.onClose();
      on.onCreated(created);
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Name of the scenario"
          required
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {create.isError && (
          <ErrorNotice title="Not created" sentences={problemSentences(create.error)} />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={on.onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending} disabled={!isReady || !name.trim()}>
            Create scenario
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
