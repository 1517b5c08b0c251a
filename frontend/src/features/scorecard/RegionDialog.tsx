import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useId, useState } from "react";
import type { Territory } from "@/api/types";

interface RegionDialogProps {
  /** Null while no region is asked for. */
  chosen: readonly Territory[] | null;
  /** Those that are there already. */
  regions: readonly string[];
  onChoose: (region: string) => void;
  onClose: () => void;
}

export function RegionDialog({ chosen, onClose, ...rest }: RegionDialogProps) {
  const title = chosen && chosen.length > 1 ? `${chosen.length} territories` : chosen?.[0]?.name;
  return (
    <Modal opened={chosen !== null} onClose={onClose} title={`Region of ${title}`}>
      {chosen && <RegionForm chosen={chosen} onClose={onClose} {...rest} />}
    </Modal>
  );
}

function RegionForm(props: RegionDialogProps & { chosen: readonly Territory[] }) {
  const { chosen, regions } = props;
  const present = new Set(chosen.map(({ region }) => region));
  const [region, setRegion] = useState(present.size === 1 ? (chosen[0]?.region ?? "") : "");
  const listId = useId();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        props.onClose();
        props.onChoose(region);
      }}
    >
      <Stack gap="md">
        <TextInput
          label="Region"
          description="From the top down, divided by “/”: South / Georgia. Empty: in no region."
          data-autofocus
          maxLength={200}
          list={listId}
          value={region}
          onChange={(event) => setRegion(event.currentTarget.value)}
        />
        <datalist id={listId}>
          {regions.map((known) => (
            <option key={known} value={known} />
          ))}
        </datalist>
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit">
            {region.trim() === "" ? "Take out of the region" : "Put into the region"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
