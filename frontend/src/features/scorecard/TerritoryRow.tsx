import { Group, Text, UnstyledButton } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { memo, useEffect, useRef } from "react";
import type { Territory } from "@/api/types";
import { bandSymbol, bandWord } from "@/domain/balance";
import { formatDeviation } from "@/domain/format";
import { type MetricReading, worstReading } from "@/domain/territoryView";
import { changeWords } from "./changeWords";
import { DeviationBars } from "./DeviationBars";
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
  const change = changeWords(readings, props.currency);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isSelected) row.current?.scrollIntoView({ block: "nearest" });
  }, [isSelected]);
  return (
    <li ref={row}>
      <UnstyledButton
        className={classes.row}
        data-selected={isSelected || undefined}
        data-changing={change !== null || undefined}
        aria-pressed={isSelected}
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
            {n_findings > 0 && (
              <span className={classes.badge}>
                {n_findings}
                <span className="visually-hidden"> findings</span>
              </span>
            )}
          </Group>
          <span className={classes.second} data-kind={secondLineKind(territory, change)}>
            {change ?? territory.rep?.name ?? "vacant"}
          </span>
        </span>
        <DeviationBars readings={readings} />
        <span className={classes.figure} data-state={state}>
          {isStale ? "?" : `${bandSymbol(state)} ${formatDeviation(worst?.deviation)}`}
          <span className={classes.what}>{worst?.label.toLowerCase() ?? ""}</span>
          <span className="visually-hidden">, {bandWord(state)}</span>
        </span>
      </UnstyledButton>
    </li>
  );
});

function secondLineKind(territory: Territory, change: string | null): string {
  if (change !== null) return "change";
  return territory.rep ? "rep" : "vacant";
}
