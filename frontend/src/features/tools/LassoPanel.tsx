import { Button, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { selectArea } from "@/api/alignments";
import { problemSentences } from "@/api/problem";
import type { Alignment, Selection, Territory } from "@/api/types";
import { formatCount, formatMoney } from "@/domain/format";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { Holders } from "./Holders";
import { ToolPanel } from "./ToolPanel";

export type LassoCommit =
  | { kind: "units"; territoryId: number | null }
  | { kind: "neighbour" }
  | { kind: "new_territory"; name: string }
  | { kind: "accounts"; territoryId: number; accountIds: number[] };

interface LassoPanelProps {
  alignment: Alignment;
  ring: [number, number][];
  n_units: number;
  territories: readonly Territory[];
  selectedId: number | null;
  currency: string;
  canEdit: boolean;
  onCommit: (commit: LassoCommit) => void;
  onClose: () => void;
}

/** First what the loop holds and who would lose it; only then a decision. */
export function LassoPanel(props: LassoPanelProps) {
  const { alignment, ring, currency, territories, onClose } = props;
  const held = useQuery({
    queryKey: ["selection", alignment.id, alignment.revision, ring],
    queryFn: ({ signal }) =>
      selectArea(alignment.id, { type: "Polygon", coordinates: [ring] }, signal),
  });
  return (
    <ToolPanel title="Inside the loop" closeLabel="Forget the loop" onClose={onClose}>
      {held.isPending && <LoadingLines label="Counting" lines={3} />}
      {held.isError && (
        <ErrorNotice
          title="Could not count it"
          sentences={problemSentences(held.error)}
          onRetry={() => void held.refetch()}
        />
      )}
      {held.data && (
        <Stack gap="xs">
          <Text size="sm" className="figures">
            {formatCount(held.data.n_accounts)} accounts ·{" "}
            {formatMoney(held.data.revenue_minor, currency)} · {formatCount(held.data.workload_h)} h
            {props.n_units > 0 && ` · ${props.n_units} units`}
          </Text>
          <Holders selection={held.data} territories={territories} currency={currency} />
          {props.canEdit && <CommitForm {...props} selection={held.data} />}
        </Stack>
      )}
    </ToolPanel>
  );
}

const NEW_TERRITORY = "new";
const NOBODY = "none";

function CommitForm(props: LassoPanelProps & { selection: Selection }) {
  const { alignment, territories, selectedId, n_units, selection, onCommit } = props;
  const [target, setTarget] = useState(String(selectedId ?? territories[0]?.id ?? NEW_TERRITORY));
  const isByUnits = alignment.basis === "units";
  const isTerritory = target !== NEW_TERRITORY && target !== NOBODY;
  return (
    <Stack gap="xs">
      <NativeSelect
        label="Give it to"
        size="xs"
        value={target}
        onChange={(event) => setTarget(event.currentTarget.value)}
        data={[
          ...territories
            .filter(({ is_locked }) => !is_locked)
            .map(({ id, name }) => ({ value: String(id), label: name })),
          ...(isByUnits
            ? [
                { value: NEW_TERRITORY, label: "a new territory" },
                { value: NOBODY, label: "nobody" },
              ]
            : []),
        ]}
      />
      <Group gap="xs">
        {isByUnits && (
          <Button
            size="compact-sm"
            disabled={n_units === 0}
            onClick={() =>
              onCommit(
                target === NEW_TERRITORY
                  ? { kind: "new_territory", name: "New territory" }
                  : { kind: "units", territoryId: isTerritory ? Number(target) : null },
              )
            }
          >
            Move {n_units} units
          </Button>
        )}
        {isByUnits && (
          <Button
            size="compact-sm"
            variant="default"
            disabled={n_units === 0}
            onClick={() => onCommit({ kind: "neighbour" })}
          >
            Give to the neighbour
          </Button>
        )}
        <Button
          size="compact-sm"
          variant={isByUnits ? "default" : "filled"}
          disabled={!isTerritory || selection.n_accounts === 0 || selection.is_truncated}
          title={
            selection.is_truncated
              ? "Too many accounts for named exceptions: draw a smaller loop"
              : "Named exceptions stay with this territory whatever the map says"
          }
          onClick={() =>
            onCommit({
              kind: "accounts",
              territoryId: Number(target),
              accountIds: selection.account_ids,
            })
          }
        >
          Keep accounts there
        </Button>
      </Group>
    </Stack>
  );
}
