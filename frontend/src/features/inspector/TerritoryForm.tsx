import {
  Button,
  ColorSwatch,
  Group,
  NativeSelect,
  NumberInput,
  Stack,
  Text,
  TextInput,
  UnstyledButton,
} from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import { useReps } from "@/api/accounts";
import type { Alignment, EditOperation, Territory } from "@/api/types";
import { TERRITORY_COLOURS } from "@/domain/palette";
import classes from "./InspectorPanel.module.css";

interface TerritoryFormProps {
  alignment: Alignment;
  territory: Territory;
  territories: readonly Territory[];
  /** Colours no neighbour has. */
  freeColours: readonly string[];
  onEdit: (operation: EditOperation, label: string) => void;
}

type Values = Omit<Extract<EditOperation, { op: "update_territory" }>, "op" | "territory_id">;

export function TerritoryForm(props: TerritoryFormProps) {
  const { alignment, territory, territories, freeColours, onEdit } = props;
  const reps = useReps(alignment.team_id);
  const [name, setName] = useState(territory.name);
  const [share, setShare] = useState<number | string>(
    territory.target_share === null ? "" : territory.target_share * 100,
  );
  const taken = new Map(
    territories
      .filter(({ id, rep }) => id !== territory.id && rep)
      .map((other) => [other.rep?.id, other.name]),
  );
  const update = (values: Values, label: string) =>
    onEdit({ op: "update_territory", territory_id: territory.id, ...values }, label);
  const saveName = () => {
    if (name.trim() !== "" && name.trim() !== territory.name) {
      update({ name: name.trim() }, `Rename ${territory.name}`);
    }
  };

  return (
    <Stack gap="sm">
      <TextInput
        label="Name"
        size="sm"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={saveName}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.currentTarget.blur();
        }}
      />
      <NativeSelect
        label="Rep"
        size="sm"
        value={String(territory.rep?.id ?? "")}
        onChange={(event) => {
          const id = event.currentTarget.value;
          const rep = reps.data?.find((one) => String(one.id) === id);
          update(
            { rep_id: id ? Number(id) : null },
            `Give ${territory.name} to ${rep?.name ?? "nobody"}`,
          );
        }}
        data={[
          { value: "", label: "vacant" },
          ...(reps.data ?? [])
            .filter(({ is_active }) => is_active)
            .map(({ id, name: repName }) => ({
              value: String(id),
              label: taken.has(id) ? `${repName} (has ${taken.get(id)})` : repName,
            })),
        ]}
      />
      <NumberInput
        label="Target share"
        description="Empty: by the rep's capacity"
        size="sm"
        suffix=" %"
        min={0}
        max={100}
        decimalScale={1}
        value={share}
        onChange={setShare}
        onBlur={() => {
          const target_share = share === "" ? null : Number(share) / 100;
          if (target_share !== territory.target_share) {
            update({ target_share }, `Set the target of ${territory.name}`);
          }
        }}
      />
      <fieldset className="plain-fieldset">
        <Text component="legend" size="sm" fw={500} mb={4}>
          Colour
        </Text>
        <div className={classes.colours}>
          {TERRITORY_COLOURS.map((colour, position) => {
            const isCurrent = colour.toLowerCase() === territory.colour.toLowerCase();
            const isNeighbours = !freeColours.includes(colour) && !isCurrent;
            return (
              <UnstyledButton
                key={colour}
                aria-label={`Colour ${position + 1}${isNeighbours ? ", a neighbour has it" : ""}`}
                aria-pressed={isCurrent}
                disabled={isNeighbours}
                title={isNeighbours ? "A neighbour has this colour" : undefined}
                opacity={isNeighbours ? 0.3 : 1}
                onClick={() => update({ colour }, `Recolour ${territory.name}`)}
              >
                <ColorSwatch color={colour} size={26} radius="sm" withShadow={false}>
                  {isCurrent && <IconCheck size={16} color="#000" />}
                </ColorSwatch>
              </UnstyledButton>
            );
          })}
        </div>
      </fieldset>
      <Group>
        <Button
          size="compact-sm"
          variant="light"
          color="red"
          disabled={territory.is_locked}
          title={territory.is_locked ? "Unlock it first" : undefined}
          onClick={() =>
            onEdit(
              { op: "remove_territory", territory_id: territory.id },
              `Remove ${territory.name}`,
            )
          }
        >
          Remove territory
        </Button>
      </Group>
    </Stack>
  );
}
