import { Button, Group, Text } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCalendarOff,
  IconCircleOff,
  IconGauge,
  IconMapPinOff,
  IconPinned,
  IconRoad,
  IconRuler2,
  IconScissors,
  IconStack2,
  IconUserOff,
  IconUsersPlus,
  IconWeight,
  IconZzz,
} from "@tabler/icons-react";
import { type ComponentType, useState } from "react";
import type { Alignment, EditOperation, Finding, FindingKind, Territory } from "@/api/types";
import { formatCount, formatMoney } from "@/domain/format";
import { AcceptForm } from "./AcceptForm";
import classes from "./FindingsPanel.module.css";
import { Proposals } from "./Proposals";

const ICONS: Record<FindingKind, ComponentType<{ size?: number }>> = {
  overloaded: IconAlertTriangle,
  idle: IconZzz,
  overlap: IconStack2,
  white_space: IconCircleOff,
  vacant: IconUserOff,
  split: IconScissors,
  unplotted: IconMapPinOff,
  out_of_band: IconRuler2,
  travel_burden: IconRoad,
  capacity: IconUsersPlus,
  single_account: IconWeight,
  coarse_unit: IconGauge,
  exceptions: IconPinned,
  under_covered: IconCalendarOff,
};

const WITH_PROPOSALS: ReadonlySet<FindingKind> = new Set(["overlap", "white_space"]);

export interface FindingContext {
  alignment: Alignment;
  territories: readonly Territory[];
  currency: string;
  focusedId: string | null;
  /** Whether the member may decide about findings. */
  mayWrite: boolean;
  /** Whether the alignment can be changed, too. */
  canEdit: boolean;
  onShow: (finding: Finding) => void;
  onAct: (finding: Finding) => void;
  onEdit: (operation: EditOperation, label: string) => void;
}

export function FindingCard({ finding, ...context }: FindingContext & { finding: Finding }) {
  const { alignment, currency, focusedId, mayWrite, onShow, onAct } = context;
  const [opened, setOpened] = useState<"proposals" | "accept" | null>(null);
  const Icon = ICONS[finding.kind] ?? IconAlertTriangle;
  const hasProposals = WITH_PROPOSALS.has(finding.kind);
  const toggle = (what: "proposals" | "accept") => setOpened(opened === what ? null : what);
  return (
    <li
      className={classes.card}
      data-kind={finding.kind}
      data-focused={finding.id === focusedId || undefined}
    >
      <Group gap={8} wrap="nowrap" align="flex-start">
        <span className={classes.icon}>
          <Icon size={18} />
        </span>
        <Text size="sm" fw={650} component="h2">
          {finding.title}
        </Text>
      </Group>
      <Text size="sm">{finding.detail}</Text>
      <Text size="sm" className="figures" c="dimmed">
        {moneySentence(finding, currency)}
      </Text>
      <Group gap="xs" mt={4}>
        <Button size="compact-sm" variant="default" onClick={() => onShow(finding)}>
          Show
        </Button>
        {hasProposals ? (
          <Button
            size="compact-sm"
            variant="light"
            aria-expanded={opened === "proposals"}
            onClick={() => {
              if (opened !== "proposals") onShow(finding);
              toggle("proposals");
            }}
          >
            Ways out
          </Button>
        ) : (
          mayWrite &&
          finding.action && (
            <Button size="compact-sm" variant="light" onClick={() => onAct(finding)}>
              {finding.action.label}
            </Button>
          )
        )}
        {mayWrite && (
          <Button
            size="compact-sm"
            variant="subtle"
            aria-expanded={opened === "accept"}
            onClick={() => toggle("accept")}
          >
            Accept…
          </Button>
        )}
      </Group>
      {opened === "proposals" && <Proposals finding={finding} {...context} />}
      {opened === "accept" && (
        <AcceptForm alignment={alignment} finding={finding} onDone={() => setOpened(null)} />
      )}
    </li>
  );
}

function moneySentence(finding: Finding, currency: string): string {
  const noun = finding.n_accounts === 1 ? "account" : "accounts";
  return [
    `${formatMoney(finding.revenue_minor, currency)} revenue`,
    `${formatMoney(finding.potential_minor, currency)} potential`,
    `${formatCount(finding.n_accounts)} ${noun}`,
    ...(finding.hours_h === null ? [] : [`${formatCount(Math.round(finding.hours_h))} h a year`]),
  ].join(" · ");
}
