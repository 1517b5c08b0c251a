import { Paper } from "@mantine/core";
import { useState } from "react";
import { cancelJob } from "@/api/jobs";
import { problemSentences } from "@/api/problem";
import type { Import } from "@/api/types";
import { useJob } from "@/api/useJob";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { ProgressWithCancel } from "@/ui/ProgressWithCancel";
import { progressWords } from "./wizardState";

interface RunningStepProps {
  item: Import;
  onEnded: () => void;
}

export function RunningStep({ item, onEnded }: RunningStepProps) {
  const isUndoing = item.state === "undoing";
  const job = useJob(isUndoing ? item.undo_job : item.job, onEnded);
  const [isCancelling, setIsCancelling] = useState(false);
  const [sentences, setSentences] = useState<string[] | null>(null);
  const { fraction, message } = progressWords(job);

  async function cancel(id: number) {
    setIsCancelling(true);
    setSentences(null);
    try {
      await cancelJob(id);
    } catch (reason) {
      setSentences(problemSentences(reason));
      setIsCancelling(false);
    }
  }

  return (
    <Paper withBorder p="lg">
      <ProgressWithCancel
        label={`${isUndoing ? "Taking back the import of" : "Importing"} ${item.filename}`}
        fraction={fraction}
        message={isCancelling ? "Cancelling. Nothing will have been changed." : message}
        onCancel={job ? () => cancel(job.id) : undefined}
        isCancelling={isCancelling}
      />
      {sentences && <ErrorNotice title="It could not be cancelled" sentences={sentences} />}
    </Paper>
  );
}
