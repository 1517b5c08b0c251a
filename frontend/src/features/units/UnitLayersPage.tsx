import { Stack, Title } from "@mantine/core";
import { useRef } from "react";
import { useAlignments, useUnitLayers } from "@/api/alignments";
import { problemSentences } from "@/api/problem";
import type { UnitLayer } from "@/api/types";
import { useSession } from "@/api/workspace";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { WorkPage } from "@/ui/WorkPage";
import { LayerTable } from "./LayerTable";
import { NewLayerForm } from "./NewLayerForm";
import { NextStep } from "./NextStep";
import classes from "./UnitLayersPage.module.css";

const EDITORS = ["admin", "manager", "ops"];

export function UnitLayersPage() {
  return (
    <WorkPage
      title="Units"
      purpose="Units are the building blocks of territories: counties, hexagons or areas of your own file, each given whole to one territory, so that territories never overlap."
    >
      <UnitLayersContent />
    </WorkPage>
  );
}

function UnitLayersContent() {
  const session = useSession();
  const layers = useUnitLayers();
  if (session.isError) return <LoadError failed={session} />;
  if (layers.isError) return <LoadError failed={layers} />;
  if (session.isPending || layers.isPending) {
    return <LoadingLines label="Loading the unit layers" lines={6} />;
  }
  const canEdit = EDITORS.includes(session.data.member.role);
  return <Layers layers={layers.data} canEdit={canEdit} />;
}

function LoadError({ failed }: { failed: { error: Error; refetch: () => void } }) {
  return (
    <ErrorNotice
      title="The unit layers could not be loaded"
      sentences={problemSentences(failed.error)}
      onRetry={failed.refetch}
    />
  );
}

function Layers({ layers, canEdit }: { layers: readonly UnitLayer[]; canEdit: boolean }) {
  const alignments = useAlignments();
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <Stack gap="xl">
      <Stack gap="sm" component="section">
        <Title order={2} size="h4" ref={heading} tabIndex={-1} className={classes.heading}>
          Unit layers
        </Title>
        <NextStep layers={layers} alignments={alignments.data} canEdit={canEdit} />
        {layers.length > 0 && (
          <LayerTable
            layers={layers}
            alignments={alignments.data ?? []}
            canEdit={canEdit}
            onDeleted={() => heading.current?.focus()}
          />
        )}
      </Stack>
      {canEdit && <NewLayerForm onCreated={() => heading.current?.focus()} />}
    </Stack>
  );
}
