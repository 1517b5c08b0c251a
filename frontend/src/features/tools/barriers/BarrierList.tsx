import { ActionIcon, Group, Menu, Text, UnstyledButton } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import type { Barriers } from "@/api/types";
import classes from "./BarrierPanel.module.css";
import { effectWords } from "./barrierWords";

type Barrier = Barriers["features"][number];

interface BarrierListProps {
  barriers: readonly Barrier[];
  onShow: (barrier: Barrier) => void;
  onChange: (barrier: Barrier) => void;
  onBridge: (barrier: Barrier) => void;
  onUnbridge: (barrier: Barrier) => void;
  onDelete: (barrier: Barrier) => void;
}

export function BarrierList({ barriers, onShow, ...act }: BarrierListProps) {
  if (barriers.length === 0) {
    return (
      <Text size="xs" c="dimmed" mt={4}>
        No barriers yet. Draw one on the map or take it from a file.
      </Text>
    );
  }
  return (
    <ul className={classes.list} aria-label="Barriers">
      {barriers.map((barrier) => {
        const { name, bridges } = barrier.properties;
        return (
          <li key={barrier.id}>
            <Group gap={4} wrap="nowrap" justify="space-between">
              <UnstyledButton className={classes.name} onClick={() => onShow(barrier)}>
                <Text size="sm" truncate>
                  {name}
                </Text>
                <Text size="xs" c="dimmed" truncate>
                  {effectWords(barrier.properties)}
                </Text>
              </UnstyledButton>
              <Menu position="bottom-end">
                <Menu.Target>
                  <ActionIcon variant="subtle" color="gray" aria-label={`More about ${name}`}>
                    <IconDots size={16} />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item onClick={() => act.onChange(barrier)}>
                    Name, kind, hard or soft…
                  </Menu.Item>
                  <Menu.Item onClick={() => act.onBridge(barrier)}>Add a bridge</Menu.Item>
                  {bridges.length > 0 && (
                    <Menu.Item onClick={() => act.onUnbridge(barrier)}>
                      Take its bridges away
                    </Menu.Item>
                  )}
                  <Menu.Item color="red" onClick={() => act.onDelete(barrier)}>
                    Delete…
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            </Group>
          </li>
        );
      })}
    </ul>
  );
}
