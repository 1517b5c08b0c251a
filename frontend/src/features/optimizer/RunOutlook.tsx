import { Button, Group, Stack, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { problemSentences } from "@/api/problem";
import type { Outlook } from "@/api/types";
import { formatCount, formatNumber } from "@/domain/format";
import { Callout } from "@/ui/Callout";
import { asInForm } from "./limitsWords";
import { wantedTolerances } from "./runDraft";

interface RunOutlookProps {
  outlook: UseQueryResult<Outlook>;
  labelOf: (metric: string) => string;
  onUse: (metric: string, tolerance_percent: number) => void;
}

const REASONS_SHOWN = 3;

/** What is proved before anything is started: why limits cannot be met, and which could. */
export function RunOutlook({ outlook, labelOf, onUse }: RunOutlookProps) {
  if (outlook.isError) {
    return (
      <Callout tone="warn" title="This run would not start" isLive>
        {problemSentences(outlook.error).map((sentence) => (
          <div key={sentence}>{asInForm(sentence)}</div>
        ))}
      </Callout>
    );
  }
  if (!outlook.data) {
    return (
      <Text size="xs" c="dimmed">
        Looking whether these limits can be met…
      </Text>
    );
  }
  const { certificates, n_units, n_territories } = outlook.data;
  if (certificates.length === 0) {
    return (
      <Text size="xs" c="dimmed" role="status">
        {formatCount(n_units)} units, {formatCount(n_territories)}{" "}
        {n_territories === 1 ? "territory" : "territories"}: nothing is known that rules these
        limits out.
      </Text>
    );
  }
  return (
    <Callout tone="warn" title="These limits cannot be met" isLive>
      <Stack gap={8} mt={4}>
        {certificates.slice(0, REASONS_SHOWN).map(({ code, detail }) => (
          <div key={code + detail}>{detail}</div>
        ))}
        {certificates.length > REASONS_SHOWN && (
          <div>And {formatCount(certificates.length - REASONS_SHOWN)} more reasons like these.</div>
        )}
        <ToleranceButtons {...{ outlook: outlook.data, labelOf, onUse }} />
      </Stack>
    </Callout>
  );
}

/** What a run would decide on its way: whose home is not known, what stays where it is. */
export function OutlookNotes({ outlook }: { outlook: Outlook }) {
  return outlook.notes.map((note) => (
    <Text key={note} size="xs" c="dimmed">
      {note}
    </Text>
  ));
}

interface ToleranceButtonsProps extends Omit<RunOutlookProps, "outlook"> {
  outlook: Outlook;
}

function ToleranceButtons({ outlook, labelOf, onUse }: ToleranceButtonsProps) {
  return (
    <Group gap={6}>
      {wantedTolerances(outlook.certificates).map(({ key, percent }) =>
        percent === null ? (
          <span key={key}>No tolerance up to 100 % is enough for {labelOf(key)}.</span>
        ) : (
          <Button key={key} size="compact-sm" variant="default" onClick={() => onUse(key, percent)}>
            Use {formatNumber(percent)} % for {labelOf(key)}
          </Button>
        ),
      )}
    </Group>
  );
}
