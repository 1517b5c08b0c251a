import type { Territory } from "@/api/types";
import { formatCount, formatMoney } from "@/domain/format";
import type { UnitColumns } from "@/domain/units";
import type { HoverTarget } from "@/map/tools/tool";
import classes from "./HoverCard.module.css";

interface HoverCardProps {
  target: HoverTarget | null;
  units: UnitColumns | null;
  territories: readonly Territory[];
  currency: string;
}

/** What lies under the pointer, in the corner of the map so that it never covers it. */
export function HoverCard({ target, units, territories, currency }: HoverCardProps) {
  const unit = target?.unit;
  const owner = territories.find(({ id }) => id === target?.territoryId);
  if (!target || (!unit && !owner)) return null;
  const index = unit ? units?.indexOf.get(unit.id) : undefined;
  const amount = (metric: string) =>
    index === undefined ? null : (units?.metrics.get(metric)?.[index] ?? null);
  return (
    <div className={classes.card} data-over-map>
      <div>
        <strong>{unit?.name ?? owner?.name}</strong>
        {unit && <span> · {owner?.name ?? "nobody’s"}</span>}
      </div>
      {index !== undefined && (
        <div className="figures">
          {formatCount(amount("accounts"))} accounts · {formatMoney(amount("revenue"), currency)} ·{" "}
          {formatCount(amount("workload"))} h
        </div>
      )}
      {target.account && (
        <div className="figures">
          {target.account.id
            ? "Click for the account"
            : `Here: ${formatCount(target.account.n_accounts)} accounts; zoom in to tell them apart`}
        </div>
      )}
    </div>
  );
}
