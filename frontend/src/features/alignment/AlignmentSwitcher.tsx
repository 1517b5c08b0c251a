import { Badge, Button, Group, Menu, Text } from "@mantine/core";
import { IconCheck, IconChevronDown, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import type { Alignment } from "@/api/types";
import { formatDate } from "@/domain/format";
import classes from "./AlignmentSwitcher.module.css";

const STATE_WORDS: Record<Alignment["state"], string> = {
  live: "Live",
  draft: "Scenario",
  proposed: "Proposed",
  archived: "Archived",
};

const STATE_COLOURS: Record<Alignment["state"], string> = {
  live: "green",
  draft: "lagoon",
  proposed: "yellow",
  archived: "gray",
};

interface AlignmentSwitcherProps {
  alignments: readonly Alignment[];
  current: Alignment | null;
  canCreate: boolean;
  onChoose: (id: number) => void;
  onCreate: () => void;
}

export function AlignmentSwitcher(props: AlignmentSwitcherProps) {
  const { alignments, current, canCreate, onChoose, onCreate } = props;
  const [showsArchived, setShowsArchived] = useState(false);
  const n_archived = alignments.filter(isPutAway).length;
  const shown = alignments.filter(
    (alignment) => showsArchived || !isPutAway(alignment) || alignment.id === current?.id,
  );
  const teams = [...new Set(shown.map(({ team_name }) => team_name))];
  return (
    <Menu position="bottom-start" width={340}>
      <Menu.Target>
        <Button
          variant="default"
          classNames={{ section: classes.badge }}
          maw={340}
          rightSection={<IconChevronDown size={16} />}
          leftSection={current && <StateBadge alignment={current} />}
        >
          <span className="visually-hidden">Alignment: </span>
          <Text size="sm" fw={650} truncate>
            {current?.name ?? "No alignment yet"}
          </Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah="70vh" className="scroll-y">
        {teams.map((team) => (
          <TeamSection
            key={team}
            team={team}
            alignments={shown.filter(({ team_name }) => team_name === team)}
            currentId={current?.id ?? null}
            onChoose={onChoose}
          />
        ))}
        {alignments.length === 0 && <Menu.Label>No alignment yet: make the first one.</Menu.Label>}
        {n_archived > 0 && (
          <>
            <Menu.Divider />
            <Menu.Item closeMenuOnClick={false} onClick={() => setShowsArchived(!showsArchived)}>
              {showsArchived ? "Hide archived" : `Show archived (${n_archived})`}
            </Menu.Item>
          </>
        )}
        {canCreate && (
          <>
            <Menu.Divider />
            <Menu.Item leftSection={<IconPlus size={16} />} onClick={onCreate}>
              New scenario…
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

const isPutAway = ({ state }: Alignment) => state === "archived";

interface TeamSectionProps {
  team: string;
  alignments: readonly Alignment[];
  currentId: number | null;
  onChoose: (id: number) => void;
}

function TeamSection({ team, alignments, currentId, onChoose }: TeamSectionProps) {
  return (
    <>
      <Menu.Label>{team}</Menu.Label>
      {alignments.map((alignment) => (
        <Menu.Item
          key={alignment.id}
          onClick={() => onChoose(alignment.id)}
          leftSection={<StateBadge alignment={alignment} />}
          rightSection={alignment.id === currentId ? <IconCheck size={16} /> : null}
        >
          <Text size="sm" truncate>
            {alignment.name}
          </Text>
          <Text size="xs" c="dimmed">
            {alignment.n_territories} territories · changed {formatDate(alignment.updated_at)}
          </Text>
          {alignment.notes && (
            <Text size="xs" c="dimmed" lineClamp={1}>
              {alignment.notes}
            </Text>
          )}
        </Menu.Item>
      ))}
    </>
  );
}

function StateBadge({ alignment }: { alignment: Alignment }) {
  return (
    <Group gap={4} wrap="nowrap">
      <Badge
        size="sm"
        variant="dot"
        color={STATE_COLOURS[alignment.state]}
        tt="none"
        c="var(--ink)"
        flex="none"
      >
        {alignment.is_proposal ? "Proposal" : STATE_WORDS[alignment.state]}
      </Badge>
    </Group>
  );
}
