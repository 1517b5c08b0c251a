import { Button } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconTable } from "@tabler/icons-react";
import { lazy, Suspense, useMemo, useRef } from "react";
import { useTrend } from "@/api/alignments";
import type { Alignment, Finding, Run, Scorecard, Session, Territory } from "@/api/types";
import { choose } from "@/domain/selection";
import { KeyFigures } from "@/features/scorecard/KeyFigures";
import classes from "./BottomPanel.module.css";
import { tableRows } from "./tableRows";
import type { DeskState } from "./useDeskState";
import { tellCopied } from "./useSelectionActions";

const TerritoryTable = lazy(() =>
  import("@/features/table/TerritoryTable").then((module) => ({ default: module.TerritoryTable })),
);

interface BottomPanelProps {
  session: Session;
  alignment: Alignment;
  desk: DeskState;
  territories: readonly Territory[];
  scorecard: Scorecard | undefined;
  findings: readonly Finding[];
  run: Run | null;
}

/** Key figures, and on wish the table of everything above them. */
export function BottomPanel(props: BottomPanelProps) {
  const { session, alignment, desk, territories, scorecard, ...rest } = props;
  const { isTableOpen, setTableOpen } = desk;
  const button = useRef<HTMLButtonElement>(null);
  const trend = useTrend(alignment.id, isTableOpen && alignment.basis === "units");
  const rows = useMemo(
    () => tableRows(territories, scorecard, trend.data),
    [territories, scorecard, trend.data],
  );
  useHotkeys([["t", () => setTableOpen(!isTableOpen)]]);
  return (
    <div>
      {isTableOpen && (
        <Suspense fallback={null}>
          <TerritoryTable
            memberId={session.member.id}
            metrics={scorecard?.metrics ?? []}
            rows={rows}
            selection={desk.selection}
            currency={session.workspace.currency}
            onChoose={(id, choice, order) =>
              desk.selectAll(choose(desk.selection, id, choice, order))
            }
            onCopy={tellCopied}
            onClose={() => {
              setTableOpen(false);
              button.current?.focus();
            }}
          />
        </Suspense>
      )}
      <div className={classes.strip}>
        <KeyFigures
          scorecard={scorecard}
          territories={territories}
          onSelect={desk.select}
          {...rest}
        />
        <Button
          ref={button}
          className={classes.toggle}
          variant={isTableOpen ? "light" : "subtle"}
          leftSection={<IconTable size={17} />}
          aria-expanded={isTableOpen}
          aria-keyshortcuts="T"
          title="All territories with all figures (T)"
          onClick={() => setTableOpen(!isTableOpen)}
        >
          Table
        </Button>
      </div>
    </div>
  );
}
