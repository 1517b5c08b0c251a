import type { Selection, Territory } from "@/api/types";
import { formatCount, formatMoney } from "@/domain/format";
import { FigureTable } from "@/ui/FigureTable";

/** Whose the accounts of an area are now. */
export function Holders(props: {
  selection: Selection;
  territories: readonly Territory[];
  currency: string;
}) {
  return (
    <FigureTable
      head={["Now with", "Accounts", "Revenue"]}
      rows={props.selection.by_territory.map(({ territory_id, n_accounts, revenue_minor }) => ({
        key: territory_id ?? 0,
        name: props.territories.find(({ id }) => id === territory_id)?.name ?? "nobody",
        figures: [formatCount(n_accounts), formatMoney(revenue_minor, props.currency)],
      }))}
    />
  );
}
