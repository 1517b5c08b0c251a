import { Button, Checkbox, Group, Radio, Select, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { alignmentKeys } from "@/api/alignments";
import { chooseForFile, createTerritoriesOfFile } from "@/api/boundaryFiles";
import type { BoundaryFile, UnitLayer } from "@/api/types";
import { useSession, useTeams } from "@/api/workspace";
import { formatCount } from "@/domain/format";
import { Callout } from "@/ui/Callout";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { FeatureProblems } from "./FeatureProblems";
import { featureWords, fileSentences, foundWords, nameOfFile } from "./fileWords";
import { refusalSentences } from "./layerWords";
import { useNewLayer } from "./useNewLayer";

const NUMBER = "";

interface FileLayerFormProps {
  item: BoundaryFile;
  onChanged: (item: BoundaryFile) => void;
  onOther: () => void;
  onCreated: (layer: UnitLayer) => void;
}

export function FileLayerForm({ item, onChanged, onOther, onCreated }: FileLayerFormProps) {
  const { found } = item;
  const [name, setName] = useState(nameOfFile(item.filename));
  // Undefined follows what the server suggests for the present layer of the file.
  const [code, setCode] = useState<string | undefined>();
  const [label, setLabel] = useState<string | undefined>();
  const [isMerging, setMerging] = useState(false);
  const [isSkipping, setSkipping] = useState(false);
  const choose = useMutation({
    mutationFn: (changed: Parameters<typeof chooseForFile>[1]) => chooseForFile(item.id, changed),
    onSuccess: onChanged,
  });
  const session = useSession();
  const teams = useTeams();
  const mayPlan = ["admin", "manager"].includes(session.data?.member.role ?? "");
  const [makes, setMakes] = useState<"units" | "territories">("units");
  const [teamId, setTeamId] = useState<string | null>(null);
  const team = teamId ?? String(teams.data?.[0]?.id ?? "");
  const create = useNewLayer(onCreated);
  const queries = useQueryClient();
  const draw = useMutation({
    mutationFn: (body: Parameters<typeof createTerritoriesOfFile>[1]) =>
      createTerritoriesOfFile(item.id, body),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: alignmentKeys.list });
      location.hash = `#/map/${id}`;
    },
  });

  const codeName = code ?? found.code_attribute ?? NUMBER;
  const labelName = label ?? found.name_attribute ?? NUMBER;
  const chosen = found.attributes.find((attribute) => attribute.name === codeName);
  const hasEqualCodes = chosen !== undefined && !chosen.is_unique;

  function submit(event: FormEvent) {
    event.preventDefault();
    const shared = {
      name: name.trim(),
      code_attribute: codeName || null,
      name_attribute: labelName || null,
      skip_problems: isSkipping,
    };
    if (makes === "territories") {
      draw.mutate({ ...shared, team_id: Number(team) });
      return;
    }
    create.mutate({
      ...shared,
      kind: "file",
      boundary_file: item.id,
      merge_equal_codes: hasEqualCodes && isMerging,
    });
  }

  return (
    <form onSubmit={submit} aria-label={`Units of ${item.filename}`}>
      <Stack gap="md">
        <Group justify="space-between">
          <Text>
            <strong>{item.filename}</strong> · {foundWords(found)}
          </Text>
          <Button variant="default" size="compact-sm" onClick={onOther}>
            Another file
          </Button>
        </Group>
        {found.layers.length > 1 && (
          <Select
            label="Layer of the file"
            data={found.layers.map((layer) => ({
              value: layer.name,
              label: `${layer.name} (${formatCount(layer.n_features)})`,
            }))}
            value={found.layer}
            onChange={(layer) => {
              setCode(undefined);
              setLabel(undefined);
              if (layer) choose.mutate({ layer });
            }}
            allowDeselect={false}
            maw="34rem"
          />
        )}
        {found.needs_projection ? (
          <Callout tone="warn" title="The file does not say in which projection it is">
            <Stack gap="xs" align="flex-start">
              <Text size="sm">
                A Shapefile says it in its .prj. Add that to the archive, or say that the numbers
                are degrees of longitude and latitude.
              </Text>
              <Button
                size="compact-sm"
                variant="default"
                loading={choose.isPending}
                onClick={() => choose.mutate({ is_longitude_latitude: true })}
              >
                It is longitude and latitude
              </Button>
            </Stack>
          </Callout>
        ) : (
          <>
            {mayPlan && (
              <Radio.Group
                label="What the areas are"
                value={makes}
                onChange={(value) => setMakes(value as typeof makes)}
              >
                <Group mt="xs">
                  <Radio value="units" label="Units to make territories of" />
                  <Radio value="territories" label="Territories: a scenario on the map" />
                </Group>
              </Radio.Group>
            )}
            <FeatureProblems item={item} isBusy={choose.isPending} onRepair={choose.mutate} />
            <Group align="flex-start" gap="md">
              <Select
                label="Code"
                description={samplesOf(found, codeName) ?? "1, 2, 3 … as in the file"}
                data={[
                  ...found.attributes
                    .filter((attribute) => attribute.can_be_code)
                    .map(({ name: value }) => ({ value, label: value })),
                  { value: NUMBER, label: "Number of the feature" },
                ]}
                value={codeName}
                onChange={(value) => setCode(value ?? NUMBER)}
                allowDeselect={false}
                searchable={found.attributes.length > 10}
              />
              <Select
                label={makes === "units" ? "Name of the units" : "Name of the territories"}
                description={samplesOf(found, labelName) ?? "The code"}
                data={[
                  ...found.attributes.map(({ name: value }) => ({ value, label: value })),
                  { value: NUMBER, label: "The same as the code" },
                ]}
                value={labelName}
                onChange={(value) => setLabel(value ?? NUMBER)}
                allowDeselect={false}
                searchable={found.attributes.length > 10}
              />
            </Group>
            {makes === "territories" && (
              <Select
                label="Team"
                description="Its reps get the territories that carry their id or name"
                data={(teams.data ?? []).map(({ id, name: value }) => ({
                  value: String(id),
                  label: value,
                }))}
                value={team}
                onChange={setTeamId}
                allowDeselect={false}
                maw="34rem"
              />
            )}
            {hasEqualCodes && makes === "territories" && (
              <Text size="sm">
                Features with the same code become one territory: {formatCount(chosen.n_distinct)}{" "}
                territories.
              </Text>
            )}
            {hasEqualCodes && makes === "units" && (
              <Checkbox
                label={`Merge features with the same code: ${formatCount(chosen.n_distinct)} units`}
                checked={isMerging}
                onChange={(event) => setMerging(event.currentTarget.checked)}
              />
            )}
            {found.n_problems > 0 && (
              <Checkbox
                label={`Leave out what cannot be a unit: ${featureWords(found.n_problems)}`}
                checked={isSkipping}
                onChange={(event) => setSkipping(event.currentTarget.checked)}
              />
            )}
            <TextInput
              label="Name"
              required
              maxLength={200}
              maw="34rem"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          </>
        )}
        {choose.isError && (
          <ErrorNotice
            title="Not read this way"
            sentences={fileSentences(item.filename, choose.error)}
          />
        )}
        {create.isError && (
          <ErrorNotice title="Not made" sentences={refusalSentences(create.error)} />
        )}
        {draw.isError && <ErrorNotice title="Not made" sentences={refusalSentences(draw.error)} />}
        <Group>
          <Button
            type="submit"
            loading={create.isPending || draw.isPending}
            disabled={found.needs_projection}
          >
            {makes === "units" ? "Make unit layer" : "Make scenario"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function samplesOf({ attributes }: BoundaryFile["found"], name: string): string | undefined {
  return attributes
    .find((attribute) => attribute.name === name)
    ?.samples.slice(0, 3)
    .join(", ");
}
