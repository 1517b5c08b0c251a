import { ActionIcon, Tooltip } from "@mantine/core";
import { IconStack2 } from "@tabler/icons-react";
import type { Ref } from "react";

interface LayersButtonProps {
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
  ref: Ref<HTMLButtonElement>;
}

export function LayersButton({ isOpen, onOpen, ref }: LayersButtonProps) {
  return (
    <Tooltip label="Layers" position="left" withinPortal={false}>
      <ActionIcon
        ref={ref}
        variant={isOpen ? "filled" : "default"}
        size={36}
        aria-label="Layers: what the map shows"
        aria-expanded={isOpen}
        onClick={() => onOpen(!isOpen)}
      >
        <IconStack2 size={20} />
      </ActionIcon>
    </Tooltip>
  );
}
