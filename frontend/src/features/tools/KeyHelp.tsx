import { Kbd, Modal, Table } from "@mantine/core";
import { TOOLS } from "./toolList";

const OTHERS: readonly [key: string, action: string][] = [
  ["Space", "hold to move the map in any tool"],
  ["Alt + click", "while painting: pick the territory below the pointer"],
  ["Esc", "drop what is under way, then go back to Select"],
  ["Ctrl + Z", "undo"],
  ["Ctrl + Shift + Z", "redo"],
  ["/", "find a place, account, territory or rep"],
  ["T", "table of all territories"],
  ["↑ ↓", "in the list of territories: go from row to row; with Shift choose all on the way"],
  ["Space", "in the list: choose this territory too; Ctrl + A chooses all"],
  ["F2", "in the list: rename the territory"],
  ["?", "this list"],
];

export function KeyHelp({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Keys">
      <Table>
        <Table.Tbody>
          {TOOLS.map(({ key, label, hint }) => (
            <KeyRow key={key} name={key.toUpperCase()} action={`${label}: ${hint}`} />
          ))}
          {OTHERS.map(([key, action]) => (
            <KeyRow key={action} name={key} action={action} />
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}

function KeyRow({ name, action }: { name: string; action: string }) {
  return (
    <Table.Tr>
      <Table.Td>
        <Kbd>{name}</Kbd>
      </Table.Td>
      <Table.Td>{action}</Table.Td>
    </Table.Tr>
  );
}
