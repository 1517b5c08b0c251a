import { Button, Checkbox, Group, Modal, NativeSelect, Stack, Table, Text } from "@mantine/core";
import { useState } from "react";
import type { Rep, Territory } from "@/api/types";
import { canSwap, handOverOutcome, heldBesides } from "./handOver";

interface HandOverDialogProps {
  /** Null while nothing is handed over. */
  handed: readonly Territory[] | null;
  territories: readonly Territory[];
  reps: readonly Rep[];
  onHandOver: (repId: number | null, isSwap: boolean) => void;
  onClose: () => void;
}

export function HandOverDialog({ handed, onClose, ...rest }: HandOverDialogProps) {
  const [first] = handed ?? [];
  const title =
    handed && handed.length > 1 ? `${handed.length} territories` : (first?.name ?? "nothing");
  return (
    <Modal opened={handed !== null} onClose={onClose} title={`Hand over ${title}`}>
      {handed && <HandOverForm handed={handed} onClose={onClose} {...rest} />}
    </Modal>
  );
}

const UNCHOSEN = "";
const VACANT = "vacant";

function HandOverForm(props: HandOverDialogProps & { handed: readonly Territory[] }) {
  const { handed, territories, reps } = props;
  const [choice, setChoice] = useState(UNCHOSEN);
  const [isWanted, setWanted] = useState(true);
  const rep = reps.find(({ id }) => String(id) === choice) ?? null;
  const candidates = reps
    .filter(({ is_active }) => is_active)
    .sort((a, b) => a.name.localeCompare(b.name));
  const held = heldBesides(territories, handed, rep?.id ?? null);
  const canBeSwapped = held.length > 0 && canSwap(handed);
  const isSwap = canBeSwapped && isWanted;
  const outcome = choice === UNCHOSEN ? [] : handOverOutcome(handed, isSwap ? held : [], rep);
  const giver = handed[0]?.rep?.name ?? "nobody";
  const names = held.map(({ name }) => name).join(", ");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        props.onClose();
        props.onHandOver(rep?.id ?? null, isSwap);
      }}
    >
      <Stack gap="sm">
        <NativeSelect
          label="To"
          data-autofocus
          value={choice}
          onChange={(event) => setChoice(event.currentTarget.value)}
          data={[
            { value: UNCHOSEN, label: "choose…" },
            ...candidates.map((one) => {
              const [other] = heldBesides(territories, [], one.id);
              const has = other ? `${one.name} (has ${other.name})` : one.name;
              return { value: String(one.id), label: has };
            }),
            { value: VACANT, label: "nobody: leave vacant" },
          ]}
        />
        {canBeSwapped && (
          <Checkbox
            label={`Swap: ${names} ${held.length === 1 ? "goes" : "go"} to ${giver} in exchange`}
            checked={isWanted}
            onChange={(event) => setWanted(event.currentTarget.checked)}
          />
        )}
        {held.length > 0 && !canBeSwapped && (
          <Text size="sm">
            {rep?.name} keeps {names}. To swap, choose territories of one rep.
          </Text>
        )}
        {outcome.length > 0 && (
          <Table fz="sm" verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Territory</Table.Th>
                <Table.Th>Rep now</Table.Th>
                <Table.Th>Rep then</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {outcome.map(({ territory, before, after }) => (
                <Table.Tr key={territory.id}>
                  <Table.Td>{territory.name}</Table.Td>
                  <Table.Td>{before?.name ?? "vacant"}</Table.Td>
                  <Table.Td>{after?.name ?? "vacant"}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        {choice !== UNCHOSEN && outcome.length === 0 && (
          <Text size="sm">That is how it is already.</Text>
        )}
        <Text size="xs" c="dimmed">
          No account moves. Targets follow the capacity of the reps.
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={outcome.length === 0}>
            {isSwap ? "Swap" : "Hand over"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
