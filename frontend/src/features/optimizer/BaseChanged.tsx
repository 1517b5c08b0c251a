import { Stack } from "@mantine/core";
import type { Alignment, Run } from "@/api/types";
import { Callout } from "@/ui/Callout";
import { RunAgain } from "./RunAgain";
import { baseChangedWords } from "./runWords";

interface BaseChangedProps {
  run: Run;
  alignment: Alignment;
  canEdit: boolean;
  onStarted: (run: Run) => void;
}

/** The alignment has moved on: what that means for the proposal, and the way out. */
export function BaseChanged({ run, alignment, canEdit, onStarted }: BaseChangedProps) {
  const words = baseChangedWords(run, alignment.name);
  if (words === null) return null;
  return (
    <Callout tone="warn" title="The alignment has changed" isLive>
      <Stack gap={8} mt={4} align="flex-start">
        <div>
          {words} The proposal is a draft of its own and goes by what was there then; nothing of the
          later changes is lost.
        </div>
        {canEdit && (
          <RunAgain
            run={run}
            label="Run again on the alignment as it is now"
            onStarted={onStarted}
          />
        )}
      </Stack>
    </Callout>
  );
}
