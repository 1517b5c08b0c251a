import { Group, Text, TextInput, UnstyledButton } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { type MouseEvent, memo, useEffect, useRef } from "react";
import type { Territory } from "@/api/types";
import type { Choice } from "@/domain/selection";
import type { MetricReading } from "@/domain/territoryView";
import { changeWords } from "./changeWords";
import { DeviationBars } from "./DeviationBars";
import classes from "./TerritoryList.module.css";
import { WorstFigure } from "./WorstFigure";

interface TerritoryRowProps {
  territory: Territory;
  readings: readonly MetricReading[];
  n_findings: number;
  isChosen: boolean;
  /** The one whose details are shown: kept in sight. */
  isCurrent: boolean;
  isTabStop: boolean;
  isRenaming: boolean;
  isStale: boolean;
  currency: string;
  onChoose: (territoryId: number, choice: Choice) => void;
  onRename: (territoryId: number) => void;
  onRenamed: (territoryId: number, name: string | null) => void;
}

export const TerritoryRow = memo(function TerritoryRow(props: TerritoryRowProps) {
  const { territory, readings, n_findings, isStale, onChoose } = props;
  const change = changeWords(readings, props.currency);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (props.isCurrent) row.current?.scrollIntoView({ block: "nearest" });
  }, [props.isCurrent]);
  const swatch = (
    <svg className={classes.swatch} width="14" height="14" aria-hidden="true">
      <rect width="14" height="14" rx="4" fill={territory.colour} />
    </svg>
  );
  if (props.isRenaming) {
    return (
      <li ref={row} className={classes.row}>
        {swatch}
        <NameField name={territory.name} onDone={(name) => props.onRenamed(territory.id, name)} />
      </li>
    );
  }
  return (
    <li ref={row}>
      <UnstyledButton
        className={classes.row}
        data-territory={territory.id}
        data-selected={props.isChosen || undefined}
        data-changing={change !== null || undefined}
        aria-pressed={props.isChosen}
        tabIndex={props.isTabStop ? 0 : -1}
        onClick={(event) => onChoose(territory.id, choiceOf(event))}
        onDoubleClick={() => props.onRename(territory.id)}
      >
        {swatch}
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
        <WorstFigure readings={readings} isStale={isStale} />
      </UnstyledButton>
    </li>
  );
});

function choiceOf(event: MouseEvent): Choice {
  if (event.shiftKey) return "range";
  return event.ctrlKey || event.metaKey ? "toggle" : "only";
}

function secondLineKind(territory: Territory, change: string | null): string {
  if (change !== null) return "change";
  return territory.rep ? "rep" : "vacant";
}

interface NameFieldProps {
  name: string;
  /** Null where the name stays as it was. */
  onDone: (name: string | null) => void;
}

function NameField({ name, onDone }: NameFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useEffect(() => field.current?.select(), []);
  const end = (isKept: boolean) => {
    if (isDone.current) return;
    isDone.current = true;
    const wanted = field.current?.value.trim() ?? "";
    onDone(isKept && wanted !== "" && wanted !== name ? wanted : null);
  };
  return (
    <TextInput
      ref={field}
      flex={1}
      size="xs"
      aria-label={`New name of ${name}`}
      maxLength={200}
      defaultValue={name}
      onBlur={() => end(true)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter") end(true);
        if (event.key === "Escape") end(false);
      }}
    />
  );
}
