import { Select, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { alignmentChoices, startAlignment } from "@/api/alignmentChoices";
import { useAlignments } from "@/api/alignments";
import { fetchExportFormats } from "@/api/exports";
import { problemSentences } from "@/api/problem";
import { useSession } from "@/api/workspace";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { WorkPage } from "@/ui/WorkPage";
import { FormatCard } from "./FormatCard";

export function ExportsPage() {
  return (
    <WorkPage
      title="Exports"
      purpose="Take an alignment into the CRM, a spreadsheet or a map program. Ids leave exactly as they came in, so a file taken out can be brought back in."
    >
      <ExportsContent />
    </WorkPage>
  );
}

function ExportsContent() {
  const session = useSession();
  if (session.isError) return <LoadError failed={session} />;
  if (session.isPending) return <LoadingLines label="Loading the exports" lines={6} />;
  if (!["admin", "manager", "ops"].includes(session.data.member.role)) {
    return (
      <EmptyState title="Exporting is not part of your role">
        Admins, managers and operations may export. Ask one of them for the file you need.
      </EmptyState>
    );
  }
  return <Formats />;
}

function LoadError({ failed }: { failed: { error: Error; refetch: () => void } }) {
  return (
    <ErrorNotice
      title="The exports could not be loaded"
      sentences={problemSentences(failed.error)}
      onRetry={failed.refetch}
    />
  );
}

function Formats() {
  const formats = useQuery({ queryKey: ["exports"], queryFn: fetchExportFormats });
  const alignments = useAlignments();
  const [chosenId, setChosenId] = useState<number | null>(null);
  if (formats.isError) return <LoadError failed={formats} />;
  if (alignments.isError) return <LoadError failed={alignments} />;
  if (formats.isPending || alignments.isPending) {
    return <LoadingLines label="Loading the exports" lines={6} />;
  }
  const alignment =
    alignments.data.find(({ id }) => id === chosenId) ?? startAlignment(alignments.data);
  if (!alignment) {
    return (
      <EmptyState title="Nothing to export yet">
        Make an alignment on the map first. Its territories and assignments can then be taken out
        here.
      </EmptyState>
    );
  }
  return (
    <Stack gap="lg">
      <Select
        label="Alignment"
        description={
          alignment.state === "live"
            ? "This is the plan now in force."
            : "This plan is not in force: check before it goes into the CRM."
        }
        data={alignmentChoices(alignments.data)}
        value={String(alignment.id)}
        onChange={(id) => setChosenId(Number(id))}
        allowDeselect={false}
        searchable
        maw="34rem"
      />
      {formats.data.map((format) => (
        <FormatCard
          key={`${format.key} ${alignment.id}`}
          format={format}
          alignment={alignment}
          alignments={alignments.data}
        />
      ))}
    </Stack>
  );
}
