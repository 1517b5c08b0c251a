import { Anchor, Stack, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useRun, useRuns } from "@/api/balancing";
import { problemSentences } from "@/api/problem";
import type { Alignment, Run, Scorecard } from "@/api/types";
import { formatDateTime } from "@/domain/format";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { RunForm } from "./RunForm";
import { RunOutcome } from "./RunOutcome";
import { RunProgress } from "./RunProgress";

interface OptimizerPanelProps {
  alignment: Alignment;
  scorecard: Scorecard | undefined;
  n_locked: number;
  timeZone: string;
  canEdit: boolean;
  onCompare: (beforeId: number, afterId: number) => void;
  onAccepted: (alignment: Alignment) => void;
}

/** From wishes to a plan: form, live progress, result with its proof, decision. */
export function OptimizerPanel(props: OptimizerPanelProps) {
  const { alignment, scorecard } = props;
  const queries = useQueryClient();
  const [runId, setRunId] = useState<number | null>(null);
  const run = useRun(runId);
  const show = (shown: Run) => {
    queries.setQueryData(["run", shown.id], shown);
    setRunId(shown.id);
  };
  const refresh = () => {
    void queries.invalidateQueries({ queryKey: ["run", runId] });
    void queries.invalidateQueries({ queryKey: ["runs"] });
    void queries.invalidateQueries({ queryKey: ["alignments"] });
  };

  if (runId === null) {
    if (alignment.basis === "drawn") {
      return (
        <Text size="sm" c="dimmed">
          These territories are shapes drawn by hand; the optimizer moves whole units, such as
          counties or hexagons. Make a new scenario from a unit layer or from the CRM owners, and
          rebalance that.
        </Text>
      );
    }
    if (!scorecard) return <LoadingLines label="Loading the metrics" />;
    return (
      <Stack gap="md">
        <RunForm
          alignment={alignment}
          metrics={scorecard.metrics}
          n_locked={props.n_locked}
          isDisabled={!props.canEdit}
          onStarted={show}
        />
        <EarlierRuns alignment={alignment} timeZone={props.timeZone} onShow={show} />
      </Stack>
    );
  }
  if (run.isError) {
    return (
      <ErrorNotice
        title="The run did not load"
        sentences={problemSentences(run.error)}
        onRetry={() => void run.refetch()}
      />
    );
  }
  if (!run.data) return <LoadingLines label="Loading the run" />;
  const isUnderWay = run.data.state === "queued" || run.data.state === "running";
  return (
    <Stack gap="md">
      <Anchor component="button" type="button" size="sm" ta="left" onClick={() => setRunId(null)}>
        ‹ New run
      </Anchor>
      {isUnderWay ? (
        <RunProgress run={run.data} onEnded={refresh} />
      ) : (
        <RunOutcome
          run={run.data}
          alignment={alignment}
          canEdit={props.canEdit}
          onCompare={props.onCompare}
          onAccepted={(accepted) => {
            refresh();
            props.onAccepted(accepted);
          }}
          onDiscarded={() => {
            refresh();
            setRunId(null);
          }}
        />
      )}
    </Stack>
  );
}

interface EarlierRunsProps {
  alignment: Alignment;
  timeZone: string;
  onShow: (run: Run) => void;
}

function EarlierRuns({ alignment, timeZone, onShow }: EarlierRunsProps) {
  const runs = useRuns(alignment.id);
  if (!runs.data || runs.data.results.length === 0) return null;
  return (
    <Stack gap={4}>
      <Title order={2} size="h6">
        Earlier runs
      </Title>
      {runs.data.results.map((run) => (
        <Text key={run.id} size="sm">
          <Anchor component="button" type="button" inherit onClick={() => onShow(run)}>
            {formatDateTime(run.created_at, timeZone)}
          </Anchor>{" "}
          {outcomeWords(run)}, {run.member_name}
        </Text>
      ))}
    </Stack>
  );
}

function outcomeWords(run: Run): string {
  if (run.accepted) return "accepted";
  if (run.state !== "done") return run.state;
  return run.result?.is_feasible ? `${run.result.n_moves} moves proposed` : "limits not met";
}
