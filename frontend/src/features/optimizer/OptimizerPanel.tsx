import { Anchor, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { problemSentences } from "@/api/problem";
import { isUnderWay, useRun } from "@/api/runs";
import type { Alignment, Run, Scorecard, Territory } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { EarlierRuns } from "./EarlierRuns";
import { RunForm } from "./RunForm";
import { RunOutcome } from "./RunOutcome";
import { RunProgress } from "./RunProgress";

interface OptimizerPanelProps {
  alignment: Alignment;
  scorecard: Scorecard | undefined;
  territories: readonly Territory[];
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
    void queries.invalidateQueries({ queryKey: ["runs"] });
    setRunId(shown.id);
  };
  const refresh = () => {
    void queries.invalidateQueries({ queryKey: ["run", runId] });
    void queries.invalidateQueries({ queryKey: ["runs"] });
    void queries.invalidateQueries({ queryKey: ["alignments"] });
  };
  // A run says whether its alignment has changed since it read it: ask again after every change.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another revision is a reason to ask
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ["run", runId] });
  }, [alignment.revision]);

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
          scorecard={scorecard}
          territories={props.territories}
          isDisabled={!props.canEdit}
          onStarted={show}
        />
        <EarlierRuns
          alignment={alignment}
          timeZone={props.timeZone}
          canEdit={props.canEdit}
          onShow={show}
        />
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
  return (
    <Stack gap="md">
      <Anchor component="button" type="button" size="sm" ta="left" onClick={() => setRunId(null)}>
        ‹ New run
      </Anchor>
      {isUnderWay(run.data) ? (
        <RunProgress run={run.data} onCancelled={show} onEnded={refresh} />
      ) : (
        <RunOutcome
          run={run.data}
          alignment={alignment}
          timeZone={props.timeZone}
          canEdit={props.canEdit}
          onStarted={show}
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
