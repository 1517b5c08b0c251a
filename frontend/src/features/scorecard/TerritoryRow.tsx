import { Group, Text, Tooltip, UnstyledButton } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { memo } from "react";
import type { Territory } from "@/api/types";
import { bandSymbol, bandWord } from "@/domain/balance";
import { formatDeviation } from "@/domain/format";
import { type MetricReading, worstReading } from "@/domain/territoryView";
import { DeviationBars } from "./DeviationBars";
import { ReadingTable } from "./ReadingTable";
import classes from "./TerritoryList.module.css";

interface TerritoryRowProps {
  territory: Territory;
  readings: readonly MetricReading[];
  n_findings: number;
  isSelected: boolean;
  isStale: boolean;
  currency: string;
  onSelect: (territoryId: number) => void;
}

export const TerritoryRow = memo(function TerritoryRow(props: TerritoryRowProps) {
  const { territory, readings, n_findings, isSelected, isStale, onSelect } = props;
  const worst = worstReading(readings);
  const state = isStale ? "unknown" : (worst?.state ?? "unknown");
  const isChanging = readings.some(({ change }) => change !== 0);
  const figure = isStale ? "?" : `${bandSymbol(state)} ${formatDeviation(worst?.deviation)}`;
  return (
    <li>
      <Tooltip
        position="right"
        multiline
        label={<ReadingTable readings={readings} currency={props.currency} />}
        events={{ hover: true, focus: true, touch: false }}
      >
        <UnstyledButton
          className={classes.row}
          data-selected={isSelected || undefined}
          data-changing={isChanging || undefined}
          aria-pressed={isSelected}
          aria-label={`${territory.name}, ${territory.rep?.name ?? "vacant"}, ${
            worst ? `${worst.label} ${formatDeviation(worst.deviation)}, ${bandWord(state)}` : ""
          }${n_findings > 0 ? `, ${n_findings} findings` : ""}`}
          onClick={() => onSelect(territory.id)}
        >
          <svg className={classes.swatch} width="14" height="14" aria-hidden="true">
            <rect width="14" height="14" rx="4" fill={territory.colour} />
          </svg>
          <span className={classes.names}>
            <Group gap={4} wrap="nowrap">
              <Text size="sm" fw={650} truncate>
                {territory.name}
              </Text>
              {territory.is_locked && <IconLock size={13} aria-label="locked" />}
              {n_findings > 0 && <span className={classes.badge}>{n_findings}</span>}
            </Group>
            <Text
              size="xs"
              c={territory.rep ? "dimmed" : undefined}
              className={territory.rep ? undefined : classes.vacant}
              truncate
            >
              {territory.rep?.name ?? "vacant"}
            </Text>
          </span>
          <DeviationBars readings={readings} />
          <span className={classes.figure} data-state={state}>
            {figure}
            <span className={classes.what}>{worst?.label.toLowerCase() ?? ""}</span>
          </span>
        </UnstyledButton>
      </Tooltip>
    </li>
  );
});
