import { Text } from "@mantine/core";
import type { ImportResult } from "@/api/types";
import { formatCount } from "@/domain/format";
import { Callout } from "@/ui/Callout";
import { accountForRows } from "./accounting";
import classes from "./RowAccounting.module.css";

/** Every row of the file in exactly one group; a remainder is said aloud, not hidden. */
export function RowAccounting({ result }: { result: ImportResult }) {
  const { groups, nRows, nUnexplained } = accountForRows(result);
  return (
    <>
      <dl className={classes.groups}>
        {groups.map(({ key, label, n }) => (
          <div key={key} className={classes.group} data-group={key} data-empty={n === 0}>
            <dt>{label}</dt>
            <dd>{formatCount(n)}</dd>
          </div>
        ))}
        <div className={classes.group} data-group="total">
          <dt>rows in the file</dt>
          <dd>{formatCount(nRows)}</dd>
        </div>
        {result.mode === "replace" && (
          <div className={classes.group} data-group="gone" data-empty={result.n_gone === 0}>
            <dt>accounts gone</dt>
            <dd>{formatCount(result.n_gone)}</dd>
          </div>
        )}
      </dl>
      {nUnexplained === 0 ? (
        <Text size="sm">Every row is accounted for.</Text>
      ) : (
        <Callout tone="bad">
          {formatCount(Math.abs(nUnexplained))} rows{" "}
          {nUnexplained > 0 ? "are in no" : "are in more than one"} group. Tell the person who runs
          this system.
        </Callout>
      )}
    </>
  );
}
