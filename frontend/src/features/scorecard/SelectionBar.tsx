import { ActionIcon, CloseButton, Text, Tooltip } from "@mantine/core";
import {
  IconArrowMerge,
  IconCopy,
  IconFocus2,
  IconLock,
  IconLockOpen,
  IconSitemap,
  IconUserShare,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { Territory } from "@/api/types";
import classes from "./SelectionBar.module.css";

export interface SelectionActions {
  zoom: (chosen: readonly Territory[]) => void;
  lock: (chosen: readonly Territory[], isLocked: boolean) => void;
  merge: (chosen: readonly Territory[]) => void;
  handOver: (chosen: readonly Territory[]) => void;
  putIntoRegion: (chosen: readonly Territory[]) => void;
  copy: (chosen: readonly Territory[]) => void;
}

interface SelectionBarProps {
  /** In the order they were chosen. */
  chosen: readonly Territory[];
  canEdit: boolean;
  actions: SelectionActions;
  onClear: () => void;
}

/** What can be done with the chosen territories together. */
export function SelectionBar({ chosen, canEdit, actions, onClear }: SelectionBarProps) {
  const [first] = chosen;
  if (!first) return null;
  const isLocked = chosen.every(({ is_locked }) => is_locked);
  const many = chosen.length > 1;
  const what = many ? `${chosen.length} territories` : first.name;
  return (
    <div className={classes.bar} role="toolbar" aria-label={`With ${what}`}>
      <Text size="sm" fw={600} className={classes.count} role="status">
        {chosen.length} chosen
      </Text>
      <Action icon={IconFocus2} label={`Zoom to ${what}`} onClick={() => actions.zoom(chosen)} />
      {canEdit && (
        <>
          <Action
            icon={isLocked ? IconLock : IconLockOpen}
            label={isLocked ? `Unlock: ${what}` : `Lock: ${what}`}
            onClick={() => actions.lock(chosen, !isLocked)}
          />
          <Action
            icon={IconArrowMerge}
            label={`Merge into ${first.name}…`}
            whyNot={mergeRefusal(chosen)}
            onClick={() => actions.merge(chosen)}
          />
          <Action
            icon={IconUserShare}
            label={`Hand over ${what}…`}
            onClick={() => actions.handOver(chosen)}
          />
          <Action
            icon={IconSitemap}
            label={`Region of ${what}…`}
            onClick={() => actions.putIntoRegion(chosen)}
          />
        </>
      )}
      <Action
        icon={IconCopy}
        label={`Copy the figures of ${what}`}
        onClick={() => actions.copy(chosen)}
      />
      <CloseButton size="sm" aria-label="Choose none" onClick={onClear} />
    </div>
  );
}

function mergeRefusal(chosen: readonly Territory[]): string | null {
  if (chosen.length < 2) return "Choose another territory too: Ctrl + click, or Space in the list";
  const locked = chosen.find(({ is_locked }) => is_locked);
  return locked ? `${locked.name} is locked: unlock it first` : null;
}

interface ActionProps {
  icon: ComponentType<{ size?: number }>;
  label: string;
  whyNot?: string | null;
  onClick: () => void;
}

function Action({ icon: Icon, label, whyNot = null, onClick }: ActionProps) {
  return (
    <Tooltip label={whyNot ?? label}>
      <ActionIcon
        size={30}
        aria-label={whyNot === null ? label : `${label} ${whyNot}.`}
        aria-disabled={whyNot !== null}
        data-disabled={whyNot !== null || undefined}
        onClick={() => whyNot === null && onClick()}
      >
        <Icon size={18} />
      </ActionIcon>
    </Tooltip>
  );
}
