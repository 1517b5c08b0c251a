import { Button, Checkbox, Popover, Stack } from "@mantine/core";
import { IconColumns3 } from "@tabler/icons-react";
import { FIRST_COLUMNS, NAME_COLUMN, type TableColumn } from "@/domain/territoryTable";
import classes from "./TerritoryTable.module.css";

interface ColumnMenuProps {
  columns: readonly TableColumn[];
  keys: readonly string[];
  onChange: (keys: readonly string[]) => void;
}

export function ColumnMenu({ columns, keys, onChange }: ColumnMenuProps) {
  const set = (key: string, isShown: boolean) =>
    onChange(isShown ? [...keys, key] : keys.filter((other) => other !== key));
  return (
    <Popover position="top-end" trapFocus withinPortal>
      <Popover.Target>
        <Button size="compact-sm" variant="default" leftSection={<IconColumns3 size={15} />}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.columns}>
        <Stack gap={6}>
          {columns
            .filter(({ key }) => key !== NAME_COLUMN)
            .map(({ key, label }) => (
              <Checkbox
                key={key}
                size="xs"
                label={label}
                checked={keys.includes(key)}
                onChange={(event) => set(key, event.currentTarget.checked)}
              />
            ))}
          <Button size="compact-xs" variant="subtle" onClick={() => onChange(FIRST_COLUMNS)}>
            As at first
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
