import { Button, Group, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAccount } from "@/api/accounts";
import { selectArea } from "@/api/alignments";
import { problemSentences } from "@/api/problem";
import type { Alignment, Territory } from "@/api/types";
import { formatCount, formatMoney, formatSigned } from "@/domain/format";
import type { AccountPick } from "@/map/tools/tool";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { FigureTable } from "@/ui/FigureTable";
import { LoadingLines } from "@/ui/LoadingLines";
import { exceptionChange, type Held, heldAccount } from "./exceptionChange";
import { ToolPanel } from "./ToolPanel";

export interface Exceptions {
  accountIds: number[];
  /** Null lets the map decide again. */
  territoryId: number | null;
  reason: string;
}

interface OverridePanelProps {
  alignment: Alignment;
  pick: AccountPick;
  territories: readonly Territory[];
  selectedId: number | null;
  currency: string;
  onCommit: (exceptions: Exceptions) => void;
  onClose: () => void;
}

/** Accounts that are to stay with a territory whatever the map says: who gains and loses, then one edit. */
export function OverridePanel(props: OverridePanelProps) {
  const { alignment, pick, onClose } = props;
  const accountId = "accountId" in pick ? pick.accountId : null;
  const ring = "ring" in pick ? pick.ring : null;
  const account = useAccount(accountId, alignment.id);
  const inside = useQuery({
    queryKey: ["selection", alignment.id, alignment.revision, ring],
    queryFn: ({ signal }) =>
      selectArea(alignment.id, { type: "Polygon", coordinates: [ring ?? []] }, signal),
    enabled: ring !== null,
  });
  const asked = ring ? inside : account;
  const held = ring ? inside.data : account.data && heldAccount(account.data);
  return (
    <ToolPanel
      title={(!ring && account.data?.name) || "Accounts in the loop"}
      label="Keep accounts with a territory"
      closeLabel="Change nothing"
      onClose={onClose}
    >
      {asked.isPending && <LoadingLines label="Counting" lines={3} />}
      {asked.isError && (
        <ErrorNotice
          title="Could not count it"
          sentences={problemSentences(asked.error)}
          onRetry={() => void asked.refetch()}
        />
      )}
      {held && <ExceptionForm {...props} held={held} />}
    </ToolPanel>
  );
}

function ExceptionForm(props: OverridePanelProps & { held: Held }) {
  const { held, territories, currency, onCommit } = props;
  const free = territories.filter(({ is_locked }) => !is_locked);
  const [target, setTarget] = useState(String(props.selectedId ?? ""));
  const [reason, setReason] = useState("");
  const territory = free.find(({ id }) => String(id) === target);
  const nameOf = (id: number | null) => territories.find((one) => one.id === id)?.name ?? "nobody";
  const count = `${formatCount(held.n_accounts)} ${held.n_accounts === 1 ? "account" : "accounts"}`;
  if (held.n_accounts === 0) return <Text size="sm">No account lies in the loop.</Text>;
  if (held.is_truncated) {
    return <Text size="sm">{count} are too many to be named one by one: draw a smaller loop.</Text>;
  }
  const rows = territory ? exceptionChange(held, territory.id) : [];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!territory) return;
        const why = reason.trim() || "Chosen on the map";
        onCommit({ accountIds: held.account_ids, territoryId: territory.id, reason: why });
      }}
    >
      <Stack gap="xs">
        <Group grow align="flex-end" gap="xs">
          <NativeSelect
            label="Keep with"
            size="xs"
            value={target}
            onChange={(event) => setTarget(event.currentTarget.value)}
            data={[
              { value: "", label: "choose…" },
              ...free.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
          />
          <TextInput
            label="Reason"
            size="xs"
            maxLength={300}
            placeholder="Chosen on the map"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </Group>
        {rows.length > 0 && (
          <FigureTable
            head={["Territory", "Accounts", "Revenue", "Hours"]}
            rows={rows.map(({ territoryId, n_accounts, revenue_minor, workload_h }) => ({
              key: territoryId ?? 0,
              name: nameOf(territoryId),
              figures: [
                formatSigned(n_accounts, formatCount),
                formatSigned(revenue_minor, (value) => formatMoney(value, currency)),
                formatSigned(workload_h, formatCount),
              ],
            }))}
          />
        )}
        {territory && rows.length === 0 && (
          <Text size="xs" c="dimmed">
            Nothing moves: {territory.name} has {held.n_accounts === 1 ? "it" : "them"} now and
            keeps
            {held.n_accounts === 1 ? " it" : " them"} when the map changes.
          </Text>
        )}
        <Group gap="xs">
          <Button size="compact-sm" type="submit" disabled={!territory}>
            Keep {count} there
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() =>
              onCommit({ accountIds: held.account_ids, territoryId: null, reason: "" })
            }
          >
            Let the map decide
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
