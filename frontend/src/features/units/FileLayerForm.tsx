import { Button, Checkbox, Group, List, Select, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { chooseForFile } from "@/api/boundaryFiles";
import type { BoundaryFile, UnitLayer } from "@/api/types";
import { formatCount } from "@/domain/format";
import { Callout } from "@/ui/Callout";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { fileSentences, foundWords, nameOfFile, problemWords, repairWords } from "./fileWords";
import { refusalSentences } from "./layerWords";
import { useNewLayer } from "./useNewLayer";

const LISTED_MAX = 8;
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
  const create = useNewLayer(onCreated);

  const codeName = code ?? found.code_attribute ?? NUMBER;
  const labelName = label ?? found.name_attribute ?? NUMBER;
  const chosen = found.attributes.find((attribute) => attribute.name === codeName);
  const hasEqualCodes = chosen !== undefined && !chosen.is_unique;

  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate({
      kind: "file",
      name: name.trim(),
      boundary_file: item.id,
      code_attribute: codeName || null,
      name_attribute: labelName || null,
      merge_equal_codes: hasEqualCodes && isMerging,
      skip_problems: isSkipping,
    });
  }

  return (
    <form onSubmit={submit} aria-label={`Units of ${item.filename}`}>
      <Stack gap="md">
        <Group justify="space-between">
          <Text>
            <strong>{item.filename}</strong> {foundWords(found)}
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
            <Problems item={item} isBusy={choose.isPending} onRepair={choose.mutate} />
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
                label="Name of the units"
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
            {hasEqualCodes && (
              <Checkbox
                label={`Merge features with the same code: ${formatCount(chosen.n_distinct)} units`}
                checked={isMerging}
                onChange={(event) => setMerging(event.currentTarget.checked)}
              />
            )}
            {found.n_problems > 0 && (
              <Checkbox
                label={`Leave out the ${formatCount(found.n_problems)} features that cannot be units`}
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
        <Group>
          <Button type="submit" loading={create.isPending} disabled={found.needs_projection}>
            Make unit layer
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

interface ProblemsProps {
  item: BoundaryFile;
  isBusy: boolean;
  onRepair: (changed: { repair: boolean }) => void;
}

function Problems({ item: { found }, isBusy, onRepair }: ProblemsProps) {
  const n_more = found.n_problems - LISTED_MAX;
  return (
    <>
      {found.n_problems > 0 && (
        <Callout tone="warn" title={`${formatCount(found.n_problems)} features cannot be units`}>
          <Stack gap="xs" align="flex-start">
            <List size="sm">
              {found.problems.slice(0, LISTED_MAX).map((problem) => (
                <List.Item key={problem.feature}>{problemWords(problem)}</List.Item>
              ))}
              {n_more > 0 && <List.Item>{formatCount(n_more)} more.</List.Item>}
            </List>
            {found.n_repairable > 0 && (
              <Button
                size="compact-sm"
                variant="default"
                loading={isBusy}
                onClick={() => onRepair({ repair: true })}
              >
                Repair {formatCount(found.n_repairable)} and show what changes
              </Button>
            )}
          </Stack>
        </Callout>
      )}
      {found.n_repairs > 0 && (
        <Callout
          tone="info"
          title={`${formatCount(found.n_repairs)} features were repaired`}
          isLive
        >
          <Stack gap="xs" align="flex-start">
            <List size="sm">
              {found.repairs.slice(0, LISTED_MAX).map((repair) => (
                <List.Item key={repair.feature}>{repairWords(repair)}</List.Item>
              ))}
            </List>
            <Button
              size="compact-sm"
              variant="default"
              loading={isBusy}
              onClick={() => onRepair({ repair: false })}
            >
              Take the repair back
            </Button>
          </Stack>
        </Callout>
      )}
    </>
  );
}
