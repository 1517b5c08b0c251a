import { Button } from "@mantine/core";
import { useState } from "react";
import { useAlignments } from "@/api/alignments";
import { problemSentences } from "@/api/problem";
import type { Alignment, Session } from "@/api/types";
import { CreateAlignmentDialog } from "@/features/alignment/CreateAlignmentDialog";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { openAlignment } from "../useHashRoute";
import { Desk } from "./Desk";
import classes from "./Desk.module.css";

interface DeskPageProps {
  session: Session;
  alignmentId: number | null;
}

/** Opens on an alignment without a click: the one in the address, else the largest live one. */
export function DeskPage({ session, alignmentId }: DeskPageProps) {
  const alignments = useAlignments();
  const [isCreating, setIsCreating] = useState(false);
  if (alignments.isError) {
    return (
      <main className={classes.alone}>
        <h1 className="visually-hidden">Map</h1>
        <ErrorNotice
          title="The alignments did not load"
          sentences={problemSentences(alignments.error)}
          onRetry={() => void alignments.refetch()}
        />
      </main>
    );
  }
  if (!alignments.data) return <LoadingLines label="Loading the alignments" />;
  const alignment = alignmentToShow(alignments.data, alignmentId);
  if (!alignment) {
    return (
      <main className={classes.alone}>
        <h1 className="visually-hidden">Map</h1>
        <EmptyState
          title="No territories yet"
          action={
            <>
              <Button component="a" href="#/import">
                Import accounts
              </Button>
              <Button variant="default" onClick={() => setIsCreating(true)}>
                Make the first scenario
              </Button>
            </>
          }
        >
          Import your accounts first. Then make a scenario: from the owners in your CRM, from
          counties, or from nothing.
        </EmptyState>
        <CreateAlignmentDialog
          isOpen={isCreating}
          alignments={[]}
          current={null}
          onClose={() => setIsCreating(false)}
          onCreated={({ id }) => openAlignment(id)}
        />
      </main>
    );
  }
  return <Desk session={session} alignments={alignments.data} alignment={alignment} />;
}

function alignmentToShow(alignments: readonly Alignment[], id: number | null): Alignment | null {
  return (
    alignments.find((alignment) => alignment.id === id) ??
    [...alignments]
      .sort((a, b) => b.n_territories - a.n_territories)
      .find(({ state }) => state === "live") ??
    alignments.find(({ state }) => state !== "archived") ??
    alignments[0] ??
    null
  );
}
