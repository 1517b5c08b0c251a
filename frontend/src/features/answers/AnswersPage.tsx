import { Button, Group, NumberInput, Select, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { alignmentChoices, startAlignment } from "@/api/alignmentChoices";
import { useAlignments, useBoundaries } from "@/api/alignments";
import { useAnswers } from "@/api/balancing";
import { problemSentences } from "@/api/problem";
import type { Alignment, Session } from "@/api/types";
import { formatDateTime } from "@/domain/format";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { WorkPage } from "@/ui/WorkPage";
import { AnswerCard } from "./AnswerCard";

const SIMPLIFY_M = 2000;
const GROWTH_MAX_PERCENT = 500;
const WAIT_MS = 400;

interface AnswersPageProps {
  session: Session;
  alignmentId: number | null;
}

/** Five questions that every territory plan has to answer, on one page. */
export function AnswersPage({ session, alignmentId }: AnswersPageProps) {
  return (
    <WorkPage
      title="Answers"
      purpose="Five questions every plan has to answer, each in a sentence with the figures behind it. Every figure leads to its formula."
    >
      <Content session={session} alignmentId={alignmentId} />
    </WorkPage>
  );
}

function Content({ session, alignmentId }: AnswersPageProps) {
  const alignments = useAlignments();
  if (alignments.isError) {
    return (
      <ErrorNotice
        title="The alignments did not load"
        sentences={problemSentences(alignments.error)}
        onRetry={() => void alignments.refetch()}
      />
    );
  }
  if (!alignments.data) return <LoadingLines label="Loading the alignments" lines={6} />;
  const alignment =
    alignments.data.find(({ id }) => id === alignmentId) ?? startAlignment(alignments.data);
  if (!alignment) {
    return (
      <EmptyState
        title="Nothing to answer from yet"
        action={
          <Button component="a" href="#/import">
            Import accounts
          </Button>
        }
      >
        Import accounts and make an alignment on the map. The answers follow by themselves.
      </EmptyState>
    );
  }
  return <AnswerList session={session} alignment={alignment} alignments={alignments.data} />;
}

interface AnswerListProps {
  session: Session;
  alignment: Alignment;
  alignments: Alignment[];
}

function AnswerList({ session, alignment, alignments }: AnswerListProps) {
  const [growthPercent, setGrowthPercent] = useState<number | string>(10);
  const [asked] = useDebouncedValue(growthPercent, WAIT_MS);
  const growth = typeof asked === "number" ? asked / 100 : 0;
  const answers = useAnswers(alignment.id, growth);
  const boundaries = useBoundaries(alignment.id, SIMPLIFY_M);
  return (
    <>
      <Group align="end" mb="md" gap="lg">
        <Select
          label="Alignment"
          w={340}
          data={alignmentChoices(alignments)}
          value={String(alignment.id)}
          allowDeselect={false}
          onChange={(id) => {
            location.hash = `#/answers/${id}`;
          }}
        />
        {answers.data && (
          <Text size="sm" c="dimmed">
            Data of {formatDateTime(answers.data.data_date, session.workspace.time_zone)}, revision{" "}
            {answers.data.revision}
          </Text>
        )}
      </Group>
      {answers.isError && (
        <ErrorNotice
          title="The answers did not load"
          sentences={problemSentences(answers.error)}
          onRetry={() => void answers.refetch()}
        />
      )}
      {answers.isPending && <LoadingLines label="Working out the answers" lines={10} />}
      {answers.data?.answers.map((answer) => (
        <AnswerCard
          key={answer.key}
          answer={answer}
          alignmentId={alignment.id}
          currency={answers.data.currency}
          boundaries={boundaries.data ?? null}
          mayPlan={["admin", "manager"].includes(session.member.role)}
        >
          {answer.key === "growth" && (
            <NumberInput
              label="Expected growth of demand"
              suffix=" %"
              min={-90}
              max={GROWTH_MAX_PERCENT}
              step={5}
              w={260}
              value={growthPercent}
              onChange={setGrowthPercent}
            />
          )}
        </AnswerCard>
      ))}
    </>
  );
}
