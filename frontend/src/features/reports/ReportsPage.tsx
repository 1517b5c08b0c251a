import { Button, Group, Select, Stack, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { alignmentChoices, startAlignment } from "@/api/alignmentChoices";
import { useAlignments } from "@/api/alignments";
import { problemSentences } from "@/api/problem";
import { requestReport, useReports } from "@/api/reports";
import type { Alignment, NewReport, Session } from "@/api/types";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { WorkPage } from "@/ui/WorkPage";
import { ReportTable } from "./ReportTable";
import { FORMATS, KINDS } from "./reportWords";

export function ReportsPage({ session }: { session: Session }) {
  return (
    <WorkPage
      title="Reports"
      purpose="One page for leadership, or a page for each territory to hand to its rep: with maps, figures beside their targets and what to look at. Readable in black and white."
    >
      <Content session={session} />
    </WorkPage>
  );
}

function Content({ session }: { session: Session }) {
  const alignments = useAlignments();
  const reports = useReports();
  const failed = [alignments, reports].find(({ isError }) => isError);
  if (failed) {
    return (
      <ErrorNotice
        title="The reports did not load"
        sentences={problemSentences(failed.error)}
        onRetry={() => void failed.refetch()}
      />
    );
  }
  if (!alignments.data || !reports.data) {
    return <LoadingLines label="Loading the reports" lines={6} />;
  }
  const first = startAlignment(alignments.data);
  if (!first) {
    return (
      <EmptyState title="Nothing to report on yet">
        Make an alignment on the map first. Its reports can then be made here.
      </EmptyState>
    );
  }
  return (
    <Stack gap="xl">
      <ReportForm
        alignments={alignments.data}
        first={first}
        onAsked={() => void reports.refetch()}
      />
      <section aria-labelledby="made-reports">
        <Title order={2} size="h4" mb="xs" id="made-reports">
          Made so far
        </Title>
        {reports.data.length === 0 ? (
          <EmptyState title="No reports yet">
            What is made here stays in this list for everybody in the workspace.
          </EmptyState>
        ) : (
          <ReportTable
            reports={reports.data}
            mayDelete={["admin", "manager", "ops"].includes(session.member.role)}
            onChanged={() => void reports.refetch()}
          />
        )}
      </section>
    </Stack>
  );
}

interface ReportFormProps {
  alignments: Alignment[];
  first: Alignment;
  onAsked: () => void;
}

function ReportForm({ alignments, first, onAsked }: ReportFormProps) {
  const [asked, setAsked] = useState<NewReport>({
    alignment_id: first.id,
    kind: "leadership",
    format: "pdf",
  });
  const ask = useMutation({ mutationFn: requestReport, onSuccess: onAsked });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        ask.mutate(asked);
      }}
    >
      <Group align="end" gap="md">
        <Select
          label="Alignment"
          w={300}
          allowDeselect={false}
          data={alignmentChoices(alignments)}
          value={String(asked.alignment_id)}
          onChange={(id) => setAsked({ ...asked, alignment_id: Number(id) })}
        />
        <Select
          label="What"
          w={230}
          allowDeselect={false}
          data={Object.entries(KINDS).map(([value, label]) => ({ value, label }))}
          value={asked.kind}
          onChange={(kind) => setAsked({ ...asked, kind: kind as NewReport["kind"] })}
        />
        <Select
          label="As"
          w={270}
          allowDeselect={false}
          data={Object.entries(FORMATS).map(([value, label]) => ({ value, label }))}
          value={asked.format}
          onChange={(format) => setAsked({ ...asked, format: format as NewReport["format"] })}
        />
        <Button type="submit" loading={ask.isPending}>
          Make the report
        </Button>
      </Group>
      {ask.isError && (
        <ErrorNotice title="The report was not made" sentences={problemSentences(ask.error)} />
      )}
    </form>
  );
}
