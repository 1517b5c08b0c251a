import { Button, FileInput, Group, Modal, NativeSelect, Radio, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { selectArea } from "@/api/alignments";
import { problemSentences } from "@/api/problem";
import type { Alignment, CoverRule, EditOperation, Territory } from "@/api/types";
import { formatCount, formatMoney } from "@/domain/format";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { FILE_MAX_BYTES, type FileArea, readAreas } from "./boundaryFile";
import { Holders } from "./Holders";

interface BoundaryDialogProps {
  alignment: Alignment;
  territories: readonly Territory[];
  selectedId: number | null;
  currency: string;
  isOpen: boolean;
  /** On units: look at what would move before it does. */
  onPlan: (operation: EditOperation) => void;
  onEdit: (operation: EditOperation, label: string) => void;
  onClose: () => void;
}

/** A boundary from a file becomes that of a territory, or gives it the units that it covers. */
export function BoundaryDialog(props: BoundaryDialogProps) {
  return (
    <Modal opened={props.isOpen} onClose={props.onClose} title="Import a boundary" size="lg">
      <BoundaryForm {...props} />
    </Modal>
  );
}

function BoundaryForm(props: BoundaryDialogProps) {
  const { alignment, territories, onPlan, onEdit, onClose } = props;
  const free = territories.filter(({ is_locked }) => !is_locked);
  const [territoryId, setTerritoryId] = useState(String(props.selectedId ?? free[0]?.id ?? ""));
  const [areas, setAreas] = useState<readonly FileArea[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [chosen, setChosen] = useState(0);
  const [n_read, setRead] = useState(0);
  const [rule, setRule] = useState<CoverRule>("area");
  const territory = free.find(({ id }) => String(id) === territoryId);
  const area = areas[chosen];
  const isByUnits = alignment.basis === "units";

  const read = async (file: File | null) => {
    setAreas([]);
    setChosen(0);
    setProblem(null);
    setRead((count) => count + 1);
    if (!file) return;
    if (file.size > FILE_MAX_BYTES) {
      setProblem("The file is larger than 20 MB. Cut it to the area you need.");
      return;
    }
    const found = readAreas(await file.text());
    if ("problem" in found) setProblem(found.problem);
    else setAreas(found.areas);
  };
  const commit = () => {
    if (!territory || !area) return;
    onClose();
    const { boundary } = area;
    if (isByUnits) {
      onPlan({ op: "cover_units", territory_id: territory.id, boundary, rule });
    } else {
      onEdit(
        { op: "set_boundary", territory_id: territory.id, boundary },
        `Import the boundary of ${territory.name}`,
      );
    }
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        commit();
      }}
    >
      <Stack gap="md">
        <FileInput
          label="File"
          description="GeoJSON in longitude and latitude (WGS 84)"
          placeholder="Choose a file"
          accept=".geojson,.json,application/geo+json,application/json"
          clearable
          clearButtonProps={{ "aria-label": "Take the file away" }}
          error={problem}
          onChange={(file) => void read(file)}
        />
        {areas.length > 0 && (
          <NativeSelect
            label="Area in the file"
            value={String(chosen)}
            onChange={(event) => setChosen(Number(event.currentTarget.value))}
            data={areas.map(({ name }, i) => ({ value: String(i), label: name }))}
          />
        )}
        <NativeSelect
          label="Territory"
          value={territoryId}
          onChange={(event) => setTerritoryId(event.currentTarget.value)}
          data={free.map(({ id, name }) => ({ value: String(id), label: name }))}
        />
        {isByUnits && (
          <Radio.Group
            label="It takes the units"
            value={rule}
            onChange={(value) => setRule(value as CoverRule)}
          >
            <Group mt="xs">
              <Radio value="area" label="that lie in it for the most part" />
              <Radio value="centre" label="whose middle lies in it" />
            </Group>
          </Radio.Group>
        )}
        {area && <Inside {...props} area={area} areaKey={`${n_read} ${chosen}`} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={!area || !territory}>
            {isByUnits
              ? "Show what would move"
              : `Make it the boundary of ${territory?.name ?? "…"}`}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What lies in the area now, and with whom. */
function Inside(props: BoundaryDialogProps & { area: FileArea; areaKey: string }) {
  const { alignment, territories, currency, area } = props;
  const held = useQuery({
    queryKey: ["boundary-file", alignment.id, alignment.revision, props.areaKey],
    queryFn: ({ signal }) => selectArea(alignment.id, area.boundary, signal),
    // Another file may bear the same number another time.
    gcTime: 0,
  });
  if (held.isPending) return <LoadingLines label="Counting" lines={3} />;
  if (held.isError) {
    return (
      <ErrorNotice title="This area cannot be used" sentences={problemSentences(held.error)} />
    );
  }
  return (
    <div role="status" aria-label="What lies in the area">
      <Text size="sm" className="figures">
        {formatCount(held.data.n_accounts)} accounts ·{" "}
        {formatMoney(held.data.revenue_minor, currency)} · {formatCount(held.data.workload_h)} h
      </Text>
      <Holders selection={held.data} territories={territories} currency={currency} />
      {alignment.basis === "drawn" && (
        <Text size="xs" c="dimmed">
          Accounts that another territory’s boundary holds too stay where they are, and are shown as
          overlap.
        </Text>
      )}
    </div>
  );
}
