import { Anchor } from "@mantine/core";
import { IconHexagons } from "@tabler/icons-react";
import type { Alignment, UnitLayer } from "@/api/types";
import { Callout } from "@/ui/Callout";
import { EmptyState } from "@/ui/EmptyState";

interface NextStepProps {
  layers: readonly UnitLayer[];
  /** Undefined while nothing is known of them. */
  alignments: readonly Alignment[] | undefined;
  canEdit: boolean;
}

/** What to do when there is no layer yet, or a layer and no scenario. */
export function NextStep({ layers, alignments, canEdit }: NextStepProps) {
  if (layers.length === 0) {
    return (
      <EmptyState
        title="No units yet"
        icon={<IconHexagons size={40} stroke={1.4} aria-hidden />}
        action={alignments?.length ? undefined : <Anchor href="#/import">Import accounts</Anchor>}
      >
        Territories are painted from units, and accounts belong to the territory their unit is in.{" "}
        {canEdit
          ? "Make a layer below, then create a scenario on the map."
          : "Admins, managers and operations may make a layer. Ask one of them; then a scenario can be created on the map."}
      </EmptyState>
    );
  }
  const isReady = layers.some(({ state }) => state === "ready");
  if (!isReady || alignments === undefined || alignments.length > 0) return null;
  return (
    <Callout tone="info" title="Next: a scenario" isLive>
      The units are ready.{" "}
      <Anchor href="#/map" inherit underline="always">
        Create a scenario on the map
      </Anchor>{" "}
      and start from CRM owners, from the nearest rep, or from nothing.
    </Callout>
  );
}
