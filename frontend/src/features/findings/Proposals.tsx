import { Button, Stack, Text } from "@mantine/core";
import { useProposals } from "@/api/balancing";
import { problemSentences } from "@/api/problem";
import type { Alignment, EditOperation, Finding, Proposal, Territory } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { FormulaLink } from "@/ui/FormulaLink";
import { LoadingLines } from "@/ui/LoadingLines";
import classes from "./FindingsPanel.module.css";
import { effectWords } from "./findingWords";

interface ProposalsProps {
  alignment: Alignment;
  finding: Finding;
  territories: readonly Territory[];
  currency: string;
  canEdit: boolean;
  onEdit: (operation: EditOperation, label: string) => void;
}

/** What could be done about it, and what each way would do; one click carries it out, and Undo takes it back. */
export function Proposals({ alignment, finding, canEdit, ...props }: ProposalsProps) {
  const proposals = useProposals(alignment, finding.id);
  if (proposals.isError) {
    return (
      <ErrorNotice
        title="The ways out did not load"
        sentences={problemSentences(proposals.error)}
        onRetry={() => void proposals.refetch()}
      />
    );
  }
  if (!proposals.data) return <LoadingLines label="Looking for ways out" lines={3} />;
  if (proposals.data.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No way out to propose: the territories around are locked. Unlock one, or accept it.
      </Text>
    );
  }
  return (
    <Stack gap={6} mt={4}>
      <Text size="xs" c="dimmed">
        <FormulaLink label="ways out" url="/docs/metrics/#ways-out">
          How these are found
        </FormulaLink>
      </Text>
      {!canEdit && (
        <Text size="sm" c="dimmed">
          Choose “Edit as scenario” to carry one out.
        </Text>
      )}
      <ul className={classes.ways} aria-label={`Ways out: ${finding.title}`}>
        {proposals.data.map((proposal) => (
          <Way key={proposal.key} proposal={proposal} canEdit={canEdit} {...props} />
        ))}
      </ul>
    </Stack>
  );
}

function Way({
  proposal,
  territories,
  currency,
  canEdit,
  onEdit,
}: Omit<ProposalsProps, "alignment" | "finding"> & { proposal: Proposal }) {
  const nameOf = (id: number) => territories.find((territory) => territory.id === id)?.name ?? "?";
  return (
    <li className={classes.way}>
      <Text size="sm" fw={600}>
        {proposal.title}
      </Text>
      <Text size="xs" c="dimmed">
        {proposal.detail}
      </Text>
      {proposal.effects.length === 0 && <Text size="xs">No account changes hands.</Text>}
      {proposal.effects.map((effect) => (
        <Text key={effect.territory_id} size="xs" className="figures">
          {effectWords(nameOf(effect.territory_id), effect, currency)}
        </Text>
      ))}
      {canEdit && (
        <Button
          size="compact-xs"
          variant="light"
          mt={4}
          aria-label={`Do it: ${proposal.title}`}
          onClick={() => onEdit(proposal.edit, proposal.title)}
        >
          Do it
        </Button>
      )}
    </li>
  );
}
