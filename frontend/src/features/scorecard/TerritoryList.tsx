import { UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { type KeyboardEvent, useRef, useState } from "react";
import type { Territory } from "@/api/types";
import { type RegionNode, regionTree, rolledUp } from "@/domain/regionTree";
import type { Choice, Selection } from "@/domain/selection";
import type { MetricReading } from "@/domain/territoryView";
import { DeviationBars } from "./DeviationBars";
import classes from "./TerritoryList.module.css";
import { TerritoryRow } from "./TerritoryRow";
import { WorstFigure } from "./WorstFigure";

export interface ListRow {
  territory: Territory;
  readings: readonly MetricReading[];
  n_findings: number;
}

interface TerritoryListProps {
  rows: readonly ListRow[];
  selection: Selection;
  isGrouped: boolean;
  isStale: boolean;
  currency: string;
  canRename: boolean;
  /** `order` is that of the rows on the screen. */
  onChoose: (territoryId: number, choice: Choice, order: readonly number[]) => void;
  onSelect: (territoryIds: readonly number[]) => void;
  onRename: (territoryId: number, name: string) => void;
}

/** Rows to choose from by pointer or by keys; grouped by region with each region's figures summed up. */
export function TerritoryList(props: TerritoryListProps) {
  const { rows, selection, isGrouped, canRename } = props;
  const holder = useRef<HTMLDivElement>(null);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [renamedId, setRenamedId] = useState<number | null>(null);
  const tree = isGrouped ? regionTree(rows, ({ territory }) => territory.region) : null;
  const tabStop = rows.some(({ territory }) => territory.id === selection.current)
    ? selection.current
    : rows[0]?.territory.id;

  const buttons = () => [
    ...(holder.current?.querySelectorAll<HTMLElement>("[data-territory]") ?? []),
  ];
  const order = () => buttons().map((button) => Number(button.dataset.territory));
  const startRenaming = (territoryId: number) => canRename && setRenamedId(territoryId);
  const endRenaming = (territoryId: number, name: string | null) => {
    setRenamedId(null);
    if (name !== null) props.onRename(territoryId, name);
    requestAnimationFrame(() =>
      buttons()
        .find(({ dataset }) => dataset.territory === String(territoryId))
        ?.focus(),
    );
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const all = buttons();
    const at = all.indexOf(event.target as HTMLElement);
    const territoryId = Number(all[at]?.dataset.territory);
    if (at < 0) return;
    const step = STEPS[event.key]?.(at, all.length);
    const next = step === undefined ? undefined : all[step];
    if (next) {
      next.focus();
      if (event.shiftKey) props.onChoose(Number(next.dataset.territory), "range", order());
    } else if (event.key === " ") props.onChoose(territoryId, "toggle", order());
    else if (event.key === "F2") startRenaming(territoryId);
    else if (event.key === "a" && (event.ctrlKey || event.metaKey)) props.onSelect(order());
    else return;
    event.preventDefault();
  };
  const row = (item: ListRow) => (
    <TerritoryRow
      key={item.territory.id}
      {...item}
      isChosen={selection.ids.includes(item.territory.id)}
      isCurrent={item.territory.id === selection.current}
      isTabStop={item.territory.id === tabStop}
      isRenaming={item.territory.id === renamedId}
      isStale={props.isStale}
      currency={props.currency}
      onChoose={(territoryId, choice) => props.onChoose(territoryId, choice, order())}
      onRename={startRenaming}
      onRenamed={endRenaming}
    />
  );
  const group = (node: RegionNode<ListRow>) => {
    const isOpen = !closed.has(node.path);
    return (
      <li key={node.path}>
        <RegionHead
          node={node}
          isOpen={isOpen}
          isStale={props.isStale}
          onToggle={() => setClosed(toggled(closed, node.path))}
        />
        {isOpen && (
          <ul className={classes.list}>
            {node.own.map(row)}
            {node.below.map(group)}
          </ul>
        )}
      </li>
    );
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys that the rows' buttons pass on
    <div
      ref={holder}
      onKeyDown={onKeyDown}
      onKeyUp={(event) => {
        // The row has taken Space already; it is not a click besides.
        const { dataset } = event.target as HTMLElement;
        if (event.key === " " && dataset.territory !== undefined) event.preventDefault();
      }}
    >
      <ul className={classes.list}>{tree ? tree.map(group) : rows.map(row)}</ul>
    </div>
  );
}

const STEPS: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at, count) => Math.min(at + 1, count - 1),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, count) => count - 1,
};

function toggled(closed: ReadonlySet<string>, path: string): Set<string> {
  const changed = new Set(closed);
  if (!changed.delete(path)) changed.add(path);
  return changed;
}

interface RegionHeadProps {
  node: RegionNode<ListRow>;
  isOpen: boolean;
  isStale: boolean;
  onToggle: () => void;
}

function RegionHead({ node, isOpen, isStale, onToggle }: RegionHeadProps) {
  const readings = rolledUp(node.all.map((row) => row.readings));
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  const count = node.all.length;
  return (
    <UnstyledButton
      className={classes.region}
      data-depth={Math.min(node.depth, 3)}
      aria-expanded={isOpen}
      onClick={onToggle}
    >
      <Chevron size={15} className={classes.swatch} aria-hidden="true" />
      <span className={classes.names}>
        <span className={classes.regionName}>{node.name}</span>
        <span className={classes.second}>
          {count} {count === 1 ? "territory" : "territories"}
        </span>
      </span>
      <DeviationBars readings={readings} />
      <WorstFigure readings={readings} isStale={isStale} />
    </UnstyledButton>
  );
}
