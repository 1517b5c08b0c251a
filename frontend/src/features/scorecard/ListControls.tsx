import { ActionIcon, Menu, NativeSelect, TextInput, Tooltip } from "@mantine/core";
import { IconCheck, IconDots, IconFilterExclamation } from "@tabler/icons-react";
import type { ListFilter } from "./listRows";
import classes from "./ScorecardPanel.module.css";
import type { SortKey } from "./sortTerritories";

interface ListControlsProps {
  metrics: readonly { key: string; label: string }[];
  sortKey: SortKey;
  onSort: (key: SortKey) => void;
  filter: ListFilter;
  onFilter: (filter: ListFilter) => void;
  /** Null where no territory is in a region. */
  isGrouped: boolean | null;
  onGrouped: (isGrouped: boolean) => void;
  /** How many territories look like a neighbour; null where nobody may change that. */
  n_alike: number | null;
  onRecolour: () => void;
}

export function ListControls(props: ListControlsProps) {
  const { metrics, filter, onFilter, isGrouped, n_alike } = props;
  const { isOnlyOutOfBand } = filter;
  const onlyOutOfBand = "Show only territories out of band";
  return (
    <div className={classes.head}>
      <TextInput
        size="xs"
        flex={1}
        type="search"
        placeholder="Name, rep, region"
        aria-label="Filter the territories"
        value={filter.text}
        onChange={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
      />
      <Tooltip label={onlyOutOfBand}>
        <ActionIcon
          size={30}
          variant={isOnlyOutOfBand ? "filled" : "default"}
          aria-label={onlyOutOfBand}
          aria-pressed={isOnlyOutOfBand}
          onClick={() => onFilter({ ...filter, isOnlyOutOfBand: !isOnlyOutOfBand })}
        >
          <IconFilterExclamation size={16} />
        </ActionIcon>
      </Tooltip>
      <NativeSelect
        size="xs"
        flex="none"
        w={112}
        aria-label="Order of the list"
        value={props.sortKey}
        onChange={(event) => props.onSort(event.currentTarget.value)}
        data={[
          { value: "deviation", label: "Worst first" },
          { value: "name", label: "By name" },
          ...metrics.map(({ key, label }) => ({
            value: key,
            label: `Most ${label.toLowerCase()}`,
          })),
        ]}
      />
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={30} variant="default" aria-label="More about the list">
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            disabled={isGrouped === null}
            leftSection={isGrouped ? <IconCheck size={14} /> : <span className={classes.blank} />}
            onClick={() => props.onGrouped(!isGrouped)}
          >
            Group by region
          </Menu.Item>
          {n_alike !== null && (
            <Menu.Item
              disabled={n_alike === 0}
              leftSection={<span className={classes.blank} />}
              onClick={props.onRecolour}
            >
              {n_alike === 0
                ? "Neighbours have different colours"
                : "Give neighbours different colours"}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
