import { Button, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { alignmentKeys } from "@/api/alignments";
import { reopenFinding } from "@/api/balancing";
import { problemSentences } from "@/api/problem";
import type { Alignment, Finding } from "@/api/types";
import { formatDate } from "@/domain/format";
import { ErrorNotice } from "@/ui/ErrorNotice";
import classes from "./FindingsPanel.module.css";

interface AcceptedFindingsProps {
  alignment: Alignment;
  findings: readonly Finding[];
  mayWrite: boolean;
  onShow: (finding: Finding) => void;
}

/** What the team lives with, who said so, why, and until when. */
export function AcceptedFindings({ alignment, findings, mayWrite, onShow }: AcceptedFindingsProps) {
  const queries = useQueryClient();
  const reopen = useMutation({
    mutationFn: (finding: Finding) => reopenFinding(alignment.id, finding.id),
    onSuccess: () =>
      queries.invalidateQueries({ queryKey: alignmentKeys.part(alignment.id, "findings") }),
  });
  if (findings.length === 0) return null;
  return (
    <details className={classes.accepted}>
      <summary>Accepted: {findings.length}</summary>
      <Stack gap="xs" mt="xs">
        {reopen.isError && (
          <ErrorNotice title="Not reopened" sentences={problemSentences(reopen.error)} />
        )}
        {findings.map((finding) => (
          <div key={finding.id} className={classes.card} data-accepted>
            <Text size="sm" fw={600}>
              {finding.title}
            </Text>
            <Text size="sm">{finding.accepted?.reason}</Text>
            <Text size="xs" c="dimmed">
              {finding.accepted?.by},{" "}
              {finding.accepted?.until
                ? `until ${formatDate(finding.accepted.until)}`
                : "until it is reopened"}
            </Text>
            <Button.Group>
              <Button size="compact-xs" variant="default" onClick={() => onShow(finding)}>
                Show
              </Button>
              {mayWrite && (
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={`Reopen: ${finding.title}`}
                  onClick={() => reopen.mutate(finding)}
                >
                  Reopen
                </Button>
              )}
            </Button.Group>
          </div>
        ))}
      </Stack>
    </details>
  );
}
