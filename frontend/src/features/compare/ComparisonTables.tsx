import { Table, Text } from "@mantine/core";
import type { Comparison } from "@/api/types";
import {
  formatCount,
  formatDeviation,
  formatMoney,
  formatNumber,
  formatShare,
} from "@/domain/format";
import { BALANCE_METRICS } from "@/domain/territoryView";
import classes from "./CompareView.module.css";

const LABELS: Record<string, string> = {
  accounts: "Accounts",
  revenue: "Revenue",
  potential: "Potential",
  pipeline: "Pipeline",
  workload: "Workload",
  travel: "Travel",
};
const labelOf = (key: string): string => LABELS[key] ?? key;

interface ComparisonTablesProps {
  comparison: Comparison;
  currency: string;
}

export function ComparisonTables({ comparison, currency }: ComparisonTablesProps) {
  const { disruption, n_accounts_moved, mean_km } = comparison;
  return (
    <>
      <Text size="sm">
        <strong>{formatCount(n_accounts_moved)} accounts</strong> change territory:{" "}
        {formatShare(disruption.accounts, 1)} of accounts, {formatShare(disruption.revenue, 1)} of
        revenue, {formatShare(disruption.workload, 1)} of workload. Mean distance{" "}
        {formatNumber(mean_km.before)} → {formatNumber(mean_km.after)} km.
      </Text>
      <div className={classes.twoTables}>
        <div>
          <SpreadTable comparison={comparison} />
          {comparison.hands.length > 0 && (
            <HandsTable hands={comparison.hands} currency={currency} />
          )}
        </div>
        <TerritoryTable comparison={comparison} />
      </div>
    </>
  );
}

function SpreadTable({ comparison }: { comparison: Comparison }) {
  return (
    <Table fz="xs" verticalSpacing={3} className="figures">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Metric</Table.Th>
          <Table.Th ta="right">Worst deviation</Table.Th>
          <Table.Th ta="right">Balance index</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {comparison.metrics.map(({ key, before, after }) => (
          <Table.Tr key={key}>
            <Table.Th scope="row">{labelOf(key)}</Table.Th>
            <Table.Td ta="right">
              {formatDeviation(before.worst)} → {formatDeviation(after.worst)}
            </Table.Td>
            <Table.Td ta="right">
              {formatNumber(before.balance_index, 0)} → {formatNumber(after.balance_index, 0)}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** Who hands what to whom. */
function HandsTable({ hands, currency }: { hands: Comparison["hands"]; currency: string }) {
  return (
    <Table fz="xs" verticalSpacing={3} className="figures" mt="sm">
      <Table.Caption className={classes.caption}>Changes hands</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>From</Table.Th>
          <Table.Th>To</Table.Th>
          <Table.Th ta="right">Accounts</Table.Th>
          <Table.Th ta="right">Revenue</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {hands.map(({ giver, taker, n_accounts, revenue_minor }) => (
          <Table.Tr key={`${giver.territory} ${taker?.territory}`}>
            <Table.Td title={giver.rep ?? "vacant"}>{giver.territory}</Table.Td>
            <Table.Td title={taker?.rep ?? "vacant"}>{taker?.territory ?? "nobody"}</Table.Td>
            <Table.Td ta="right">{formatCount(n_accounts)}</Table.Td>
            <Table.Td ta="right">{formatMoney(revenue_minor, currency)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function TerritoryTable({ comparison }: { comparison: Comparison }) {
  const keys = BALANCE_METRICS.filter((key) =>
    comparison.metrics.some((metric) => metric.key === key),
  );
  return (
    <Table fz="xs" verticalSpacing={3} className="figures" stickyHeader>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Territory</Table.Th>
          {keys.map((key) => (
            <Table.Th key={key} ta="right">
              {labelOf(key)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {comparison.territories.map(({ name, rep_name, before_id, after_id, before, after }) => (
          <Table.Tr key={`${before_id} ${after_id}`}>
            <Table.Th scope="row">
              {name}{" "}
              <Text span size="xs" c="dimmed">
                {rep_name ?? "vacant"}
              </Text>
            </Table.Th>
            {keys.map((key) => (
              <Table.Td key={key} ta="right">
                {before ? formatDeviation(before.deviations[key]) : "new"} →{" "}
                {after ? formatDeviation(after.deviations[key]) : "gone"}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
