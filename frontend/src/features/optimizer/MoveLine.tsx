import { Checkbox, Text } from "@mantine/core";
import type { Move } from "@/api/types";
import { formatCount, formatDeviation } from "@/domain/format";
import classes from "./panel.module.css";

interface MoveLineProps {
  move: Move;
  isChosen: boolean;
  /** Left out for those who may only look. */
  onToggle?: () => void;
}

export function MoveLine({ move, isChosen, onToggle }: MoveLineProps) {
  const { position, unit_name, from_territory, to_territory } = move;
  const title = `${unit_name}: ${from_territory?.name ?? "nobody"} → ${to_territory?.name ?? "nobody"}`;
  return (
    <li className={`${classes.entry} ${classes.move}`}>
      {onToggle && (
        <Checkbox
          size="xs"
          className={classes.tick}
          checked={isChosen}
          onChange={onToggle}
          aria-label={`Move ${position}, ${title}`}
        />
      )}
      <div>
        <Text size="sm" fw={650}>
          {title}
        </Text>
        <Text size="sm">{move.reason}</Text>
        <Text size="xs" c="dimmed" className="figures">
          {formatCount(move.n_accounts)} accounts
          {move.effect.map(
            ({ metric, from_before, from_after, to_before, to_after }) =>
              ` · ${metric}: giver ${formatDeviation(from_before)} → ${formatDeviation(from_after)}, ` +
              `receiver ${formatDeviation(to_before)} → ${formatDeviation(to_after)}`,
          )}
        </Text>
      </div>
    </li>
  );
}
