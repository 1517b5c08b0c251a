import { Tabs } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { Alignment, EditOperation, Finding, Scorecard, Session, Territory } from "@/api/types";
import { FindingsPanel } from "@/features/findings/FindingsPanel";
import { InspectorPanel } from "@/features/inspector/InspectorPanel";
import { OptimizerPanel } from "@/features/optimizer/OptimizerPanel";
import { openAlignment } from "../useHashRoute";
import { markStep } from "./checklistSteps";
import classes from "./Desk.module.css";
import type { DeskState, SidePanel } from "./useDeskState";

interface SidePanelsProps {
  session: Session;
  alignment: Alignment;
  desk: DeskState;
  territories: readonly Territory[];
  scorecard: Scorecard | undefined;
  findings: UseQueryResult<Finding[]>;
  canEdit: boolean;
  mayWrite: boolean;
  freeColours: readonly string[];
  onEdit: (operation: EditOperation, label: string) => void;
  onZoom: (territory: Territory) => void;
  onShowFinding: (finding: Finding) => void;
  onActOnFinding: (finding: Finding) => void;
}

export function SidePanels(props: SidePanelsProps) {
  const { session, alignment, desk, territories, scorecard, findings } = props;
  const { currency, time_zone } = session.workspace;
  const territory = territories.find(({ id }) => id === desk.selectedId) ?? null;
  const n_findings = findings.data?.filter(({ accepted }) => !accepted).length ?? 0;
  return (
    <aside className={classes.right} aria-label="Details">
      <Tabs
        className={classes.tabs}
        value={desk.panel}
        onChange={(value) => desk.setPanel(value as SidePanel)}
        keepMounted={false}
      >
        <Tabs.List grow>
          <Tabs.Tab value="territory" className={classes.tab}>
            Territory
          </Tabs.Tab>
          <Tabs.Tab
            value="findings"
            className={classes.tab}
            rightSection={
              n_findings > 0 ? <span className={classes.count}>{n_findings}</span> : null
            }
          >
            Findings
          </Tabs.Tab>
          <Tabs.Tab value="optimizer" className={classes.tab}>
            Rebalance
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="territory" className={classes.tabPanel}>
          <InspectorPanel
            alignment={alignment}
            territory={territory}
            territories={territories}
            scorecard={scorecard}
            findings={findings.data ?? []}
            currency={currency}
            canEdit={props.canEdit}
            mayWrite={props.mayWrite}
            isReachShown={desk.isReachShown}
            onReachShown={desk.setReachShown}
            freeColours={props.freeColours}
            onEdit={props.onEdit}
            onZoom={props.onZoom}
            onAccount={desk.setAccountId}
            onFinding={props.onShowFinding}
          />
        </Tabs.Panel>
        <Tabs.Panel value="findings" className={classes.tabPanel}>
          <FindingsPanel
            findings={findings.data}
            error={findings.error}
            alignment={alignment}
            territories={territories}
            currency={currency}
            focusedId={desk.focusedFindingId}
            mayWrite={props.mayWrite}
            canEdit={props.canEdit}
            onEdit={props.onEdit}
            onRetry={() => void findings.refetch()}
            onShow={props.onShowFinding}
            onAct={props.onActOnFinding}
          />
        </Tabs.Panel>
        <Tabs.Panel value="optimizer" className={classes.tabPanel}>
          <OptimizerPanel
            key={alignment.id}
            alignment={alignment}
            scorecard={scorecard}
            territories={territories}
            timeZone={time_zone}
            canEdit={props.mayWrite}
            onCompare={(beforeId, afterId) => desk.setCompared({ beforeId, afterId })}
            onAccepted={(accepted) => {
              markStep("fixed");
              openAlignment(accepted.id);
            }}
          />
        </Tabs.Panel>
      </Tabs>
    </aside>
  );
}
