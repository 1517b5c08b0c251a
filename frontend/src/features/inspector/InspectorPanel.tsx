import { ActionIcon, Group, Stack, Tabs, Text, Title, Tooltip } from "@mantine/core";
import { IconFocus2, IconLock, IconLockOpen } from "@tabler/icons-react";
import type { Alignment, EditOperation, Finding, Scorecard, Territory } from "@/api/types";
import { EmptyState } from "@/ui/EmptyState";
import { AccountsTable } from "./AccountsTable";
import classes from "./InspectorPanel.module.css";
import { TerritoryFigures } from "./TerritoryFigures";
import { TerritoryForm } from "./TerritoryForm";
import { TravelFigures } from "./TravelFigures";

interface InspectorPanelProps {
  alignment: Alignment;
  territory: Territory | null;
  territories: readonly Territory[];
  scorecard: Scorecard | undefined;
  findings: readonly Finding[];
  currency: string;
  canEdit: boolean;
  mayWrite: boolean;
  isReachShown: boolean;
  onReachShown: (isShown: boolean) => void;
  freeColours: readonly string[];
  onEdit: (operation: EditOperation, label: string) => void;
  onZoom: (territory: Territory) => void;
  onAccount: (accountId: number) => void;
  onFinding: (finding: Finding) => void;
}

export function InspectorPanel(props: InspectorPanelProps) {
  const { territory, findings, canEdit, onEdit, onZoom } = props;
  if (!territory) {
    return (
      <EmptyState title="No territory selected">
        Click a territory on the map or in the list to see its figures, its accounts and its rep.
      </EmptyState>
    );
  }
  const own = findings.filter(({ territory_ids }) => territory_ids.includes(territory.id));
  const lockWords = territory.is_locked ? `Unlock ${territory.name}` : `Lock ${territory.name}`;
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div className={classes.heading}>
          <Title order={2} size="h4">
            <svg width="14" height="14" aria-hidden="true" className={classes.swatch}>
              <rect width="14" height="14" rx="4" fill={territory.colour} />
            </svg>
            {territory.name}
          </Title>
          <Text size="sm" c="dimmed">
            {territory.rep?.name ?? "vacant"} · {territory.is_locked ? "locked" : "not locked"}
          </Text>
        </div>
        <Group gap={2} wrap="nowrap">
          <Tooltip label="Show on the map">
            <ActionIcon
              aria-label={`Show ${territory.name} on the map`}
              onClick={() => onZoom(territory)}
            >
              <IconFocus2 size={18} />
            </ActionIcon>
          </Tooltip>
          {canEdit && (
            <Tooltip label={lockWords}>
              <ActionIcon
                aria-label={lockWords}
                onClick={() =>
                  onEdit(
                    {
                      op: "update_territory",
                      territory_id: territory.id,
                      is_locked: !territory.is_locked,
                    },
                    lockWords,
                  )
                }
              >
                {territory.is_locked ? <IconLock size={18} /> : <IconLockOpen size={18} />}
              </ActionIcon>
            </Tooltip>
          )}
        </Group>
      </Group>
      {own.map((finding) => (
        <button
          key={finding.id}
          type="button"
          className={classes.finding}
          onClick={() => props.onFinding(finding)}
        >
          <strong>{finding.title}</strong>
          <span>{finding.detail}</span>
        </button>
      ))}
      <Tabs defaultValue="figures" keepMounted={false}>
        <Tabs.List grow>
          <Tabs.Tab value="figures" className={classes.tab}>
            Figures
          </Tabs.Tab>
          <Tabs.Tab value="accounts" className={classes.tab}>
            Accounts
          </Tabs.Tab>
          <Tabs.Tab value="travel" className={classes.tab}>
            Travel
          </Tabs.Tab>
          {canEdit && (
            <Tabs.Tab value="settings" className={classes.tab}>
              Settings
            </Tabs.Tab>
          )}
        </Tabs.List>
        <Tabs.Panel value="figures" pt="xs">
          <TerritoryFigures
            territory={territory}
            scorecard={props.scorecard}
            currency={props.currency}
          />
        </Tabs.Panel>
        <Tabs.Panel value="accounts" pt="xs">
          <AccountsTable
            key={territory.id}
            alignmentId={props.alignment.id}
            territory={territory}
            currency={props.currency}
            onAccount={props.onAccount}
          />
        </Tabs.Panel>
        <Tabs.Panel value="travel" pt="xs">
          <TravelFigures
            alignment={props.alignment}
            territoryId={territory.id}
            mayMeasure={props.mayWrite}
            isReachShown={props.isReachShown}
            onReachShown={props.onReachShown}
          />
        </Tabs.Panel>
        {canEdit && (
          <Tabs.Panel value="settings" pt="xs">
            <TerritoryForm
              key={`${territory.id} ${props.alignment.revision}`}
              alignment={props.alignment}
              territory={territory}
              territories={props.territories}
              freeColours={props.freeColours}
              onEdit={onEdit}
            />
          </Tabs.Panel>
        )}
      </Tabs>
    </Stack>
  );
}
