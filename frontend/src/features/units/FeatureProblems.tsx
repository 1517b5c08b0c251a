import { Button, List, Stack } from "@mantine/core";
import type { BoundaryFile } from "@/api/types";
import { formatCount } from "@/domain/format";
import { Callout } from "@/ui/Callout";
import { featureWords, problemWords, repairWords } from "./fileWords";

const LISTED_MAX = 8;

interface FeatureProblemsProps {
  item: BoundaryFile;
  isBusy: boolean;
  onRepair: (changed: { repair: boolean }) => void;
}

/** What cannot be a unit and why, and what a repair changed. */
export function FeatureProblems({ item: { found }, isBusy, onRepair }: FeatureProblemsProps) {
  const n_more = found.n_problems - LISTED_MAX;
  return (
    <>
      {found.n_problems > 0 && (
        <Callout tone="warn" title={`Not units: ${featureWords(found.n_problems)}`}>
          <Stack gap="xs" align="flex-start">
            <List size="sm">
              {found.problems.slice(0, LISTED_MAX).map((problem) => (
                <List.Item key={problem.feature}>{problemWords(problem)}</List.Item>
              ))}
              {n_more > 0 && <List.Item>{formatCount(n_more)} more.</List.Item>}
            </List>
            {found.n_repairable > 0 && (
              <Button
                size="compact-sm"
                variant="default"
                loading={isBusy}
                onClick={() => onRepair({ repair: true })}
              >
                Repair {formatCount(found.n_repairable)} and show what changes
              </Button>
            )}
          </Stack>
        </Callout>
      )}
      {found.n_repairs > 0 && (
        <Callout tone="info" title={`Repaired: ${featureWords(found.n_repairs)}`} isLive>
          <Stack gap="xs" align="flex-start">
            <List size="sm">
              {found.repairs.slice(0, LISTED_MAX).map((repair) => (
                <List.Item key={repair.feature}>{repairWords(repair)}</List.Item>
              ))}
            </List>
            <Button
              size="compact-sm"
              variant="default"
              loading={isBusy}
              onClick={() => onRepair({ repair: false })}
            >
              Take the repair back
            </Button>
          </Stack>
        </Callout>
      )}
    </>
  );
}
