import { Button, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useState } from "react";
import type { Rep, Territory } from "@/api/types";
import { formatCount, formatMoney, formatSigned } from "@/domain/format";
import { type TotalsChange, totalsChange } from "@/domain/liveTotals";
import { NOBODY, type UnitColumns } from "@/domain/units";
import { FigureTable } from "@/ui/FigureTable";
import { ToolPanel } from "./ToolPanel";
import type { EditPlan } from "./useEditPlan";

interface PlanPanelProps {
  plan: EditPlan;
  units: UnitColumns;
  territories: readonly Territory[];
  currency: string;
  onCommit: () => void;
  onClose: () => void;
}

/** Who gains, who loses, how much: shown before anything is done. */
export function PlanPanel({ plan, units, territories, currency, ...on }: PlanPanelProps) {
  useHotkeys([["Enter", on.onCommit]]);
  const change = totalsChange(plan.moves, units);
  const nameOf = (id: number) =>
    territories.find((territory) => territory.id === id)?.name ??
    plan.added.find((territory) => territory.id === id)?.name;
  const count = plan.moves.length;
  const isNobodysToo = plan.moves.some(({ from, to }) => from === NOBODY || to === NOBODY);
  const nobodys = [NOBODY, whatNobodyGains(change)] as const;
  return (
    <ToolPanel
      title={plan.title}
      label="What would change"
      closeLabel="Change nothing"
      onClose={on.onClose}
    >
      <FigureTable
        head={["Territory", "Accounts", "Revenue"]}
        rows={[...change, ...(isNobodysToo ? [nobodys] : [])].map(([id, amounts]) => ({
          key: id,
          name: nameOf(id) ?? "nobody",
          figures: [
            formatSigned(amounts.get("accounts") ?? 0, formatCount),
            formatSigned(amounts.get("revenue") ?? 0, (value) => formatMoney(value, currency)),
          ],
        }))}
      />
      <Group gap="xs" mt="xs">
        <Button size="compact-sm" onClick={on.onCommit} data-autofocus>
          Move {count} {count === 1 ? "unit" : "units"}
        </Button>
        <Button size="compact-sm" variant="default" onClick={on.onClose}>
          Cancel
        </Button>
      </Group>
    </ToolPanel>
  );
}

/** What the territories together lose, nobody has then. */
function whatNobodyGains(change: TotalsChange): Map<string, number> {
  const gained = new Map<string, number>();
  for (const amounts of change.values()) {
    for (const [metric, amount] of amounts) {
      gained.set(metric, (gained.get(metric) ?? 0) - amount);
    }
  }
  return gained;
}

interface SplitByHomesProps {
  territory: Territory;
  reps: readonly Rep[];
  onChoose: (repId: number) => void;
  onClose: () => void;
}

/** The other way to split: between the home of the territory's rep and that of another one. */
export function SplitByHomes({ territory, reps, onChoose, onClose }: SplitByHomesProps) {
  const [repId, setRepId] = useState("");
  const others = reps.filter(({ id, home }) => home && id !== territory.rep?.id);
  return (
    <ToolPanel title={`Split ${territory.name}`} closeLabel="Change nothing" onClose={onClose}>
      <Stack gap="xs">
        <Text size="sm">
          Drag a line across it, or give what lies nearer to another rep’s home to that rep.
        </Text>
        <NativeSelect
          label="Other rep"
          size="xs"
          value={repId}
          onChange={(event) => setRepId(event.currentTarget.value)}
          data={[
            { value: "", label: "choose…" },
            ...others.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
        />
        <Button
          size="compact-sm"
          disabled={repId === "" || territory.rep === null}
          title={territory.rep === null ? "This territory has no rep yet" : undefined}
          onClick={() => onChoose(Number(repId))}
        >
          Show the split
        </Button>
      </Stack>
    </ToolPanel>
  );
}
