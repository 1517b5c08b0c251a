import { notifications } from "@mantine/notifications";
import { type RefObject, useState } from "react";
import type { Alignment, Scorecard, Territory } from "@/api/types";
import { formatMetric } from "@/domain/format";
import { rolledUp } from "@/domain/regionTree";
import { chosenColumns, tableColumns, tabSeparated } from "@/domain/territoryTable";
import { metricReadings, shownMetrics } from "@/domain/territoryView";
import type { AlignmentEditor } from "@/features/alignment/useAlignmentEditor";
import type { SelectionActions } from "@/features/scorecard/SelectionBar";
import { loadTable } from "@/features/table/tableStore";
import type { MapController } from "@/map/MapController";
import { copyText } from "@/ui/copyText";
import { tableRows } from "./tableRows";
import type { DeskState } from "./useDeskState";

interface SelectionInputs {
  memberId: number;
  alignment: Alignment;
  desk: DeskState;
  territories: readonly Territory[];
  scorecard: Scorecard | undefined;
  currency: string;
  editor: AlignmentEditor;
  controllerRef: RefObject<MapController | null>;
}

/** What several territories chosen together become: one edit each time, asked for first where it takes much away. */
export function useSelectionActions(inputs: SelectionInputs) {
  const { desk, territories, scorecard, currency, editor, controllerRef } = inputs;
  const [handed, setHanded] = useState<readonly Territory[] | null>(null);
  const [regrouped, setRegrouped] = useState<readonly Territory[] | null>(null);
  const ids = (chosen: readonly Territory[]) => chosen.map(({ id }) => id);
  const named = (chosen: readonly Territory[]) =>
    chosen.length === 1 ? (chosen[0]?.name ?? "") : `${chosen.length} territories`;

  const actions: SelectionActions = {
    zoom: (chosen) => {
      const boxes = chosen.flatMap(({ bbox }) => (bbox ? [bbox] : []));
      if (boxes.length === 0) return;
      controllerRef.current?.fitBounds([
        Math.min(...boxes.map(([west]) => west)),
        Math.min(...boxes.map(([, south]) => south)),
        Math.max(...boxes.map(([, , east]) => east)),
        Math.max(...boxes.map(([, , , north]) => north)),
      ]);
    },
    lock: (chosen, is_locked) =>
      editor.edit(
        { op: "update_territories", territory_ids: ids(chosen), is_locked },
        `${is_locked ? "Lock" : "Unlock"} ${named(chosen)}`,
      ),
    merge: (chosen) => {
      const [into, ...others] = chosen;
      if (!into || others.length === 0) return;
      const names = others.map(({ name }) => name).join(", ");
      const what = others.length === 1 ? names : `${others.length} territories`;
      desk.setConfirmation({
        title: `Merge ${what} into ${into.name}?`,
        text: `${into.name} keeps its name and rep and takes all ground and accounts of ${names}. ${held(chosen, scorecard, currency)}`,
        actionLabel: "Merge",
        isDangerous: false,
        run: () => {
          editor.edit(
            { op: "merge_territories", territory_ids: ids(chosen), into_id: into.id },
            `Merge ${what} into ${into.name}`,
          );
          desk.select(into.id);
        },
      });
    },
    handOver: setHanded,
    putIntoRegion: setRegrouped,
    copy: (chosen) => {
      const columns = tableColumns(scorecard?.metrics ?? [], currency).filter(
        ({ kind }) => kind !== "trend",
      );
      const { keys } = loadTable(localStorage, inputs.memberId);
      void tellCopied(
        tabSeparated(chosenColumns(columns, keys), tableRows(chosen, scorecard), currency),
        chosen.length,
      );
    },
  };
  return {
    actions,
    handed,
    regrouped,
    endHandOver: () => setHanded(null),
    endRegroup: () => setRegrouped(null),
    handOver: (rep_id: number | null, swap: boolean) =>
      editor.edit(
        { op: "hand_over", territory_ids: ids(handed ?? []), rep_id, swap },
        `Hand over ${named(handed ?? [])}`,
      ),
    putIntoRegion: (region: string) =>
      editor.edit(
        { op: "update_territories", territory_ids: ids(regrouped ?? []), region },
        `Change the region of ${named(regrouped ?? [])}`,
      ),
    rename: (territory_id: number, name: string) => {
      const was = territories.find(({ id }) => id === territory_id)?.name ?? "";
      editor.edit({ op: "update_territory", territory_id, name }, `Rename ${was}`);
    },
    recolour: (colours: ReadonlyMap<number, string>) =>
      editor.edit(
        {
          op: "update_territories",
          territory_ids: [...colours.keys()],
          colours: [...colours.values()],
        },
        "Give neighbours different colours",
      ),
  };
}

/** What they come to together, before it is done. */
function held(
  chosen: readonly Territory[],
  scorecard: Scorecard | undefined,
  currency: string,
): string {
  if (!scorecard) return "";
  const metrics = shownMetrics(scorecard.metrics);
  const scores = new Map(scorecard.territories.map((score) => [score.territory_id, score]));
  const sums = rolledUp(chosen.map(({ id }) => metricReadings(scores.get(id), metrics, null)));
  const parts = sums.map(({ label, value }, i) => {
    return `${formatMetric(value, metrics[i]?.unit ?? "", currency)} ${label.toLowerCase()}`;
  });
  return `It then holds ${parts.join(", ")}.`;
}

export async function tellCopied(text: string, n_territories: number): Promise<void> {
  const isCopied = await copyText(text);
  notifications.show({
    id: "copied",
    message: isCopied
      ? `Copied ${n_territories} ${n_territories === 1 ? "territory" : "territories"}: paste them into a spreadsheet.`
      : "The browser does not let this page copy.",
    autoClose: 4000,
    withBorder: true,
    closeButtonProps: { "aria-label": "Close" },
  });
}
