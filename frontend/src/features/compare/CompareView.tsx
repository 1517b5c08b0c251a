import { CloseButton, Group, NativeSelect, Stack, Text, Title } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { type ReactNode, useRef } from "react";
import { useAlignment } from "@/api/alignments";
import { useComparison } from "@/api/balancing";
import { problemSentences } from "@/api/problem";
import type { Alignment } from "@/api/types";
import type { Scheme } from "@/map/colours";
import type { MapController } from "@/map/MapController";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { CompareMap } from "./CompareMap";
import classes from "./CompareView.module.css";
import { ComparisonTables } from "./ComparisonTables";

interface CompareViewProps {
  beforeId: number;
  afterId: number | null;
  alignments: readonly Alignment[];
  scheme: Scheme;
  basemap: { url: string | null; attribution: string };
  currency: string;
  onChoose: (compared: { beforeId: number; afterId: number | null }) => void;
  onClose: () => void;
}

/** Two alignments side by side: move one map and the other follows. */
export function CompareView(props: CompareViewProps) {
  const { beforeId, afterId, alignments, onChoose } = props;
  const before = useAlignment(beforeId, alignments).data ?? null;
  const after = useAlignment(afterId, alignments).data ?? null;
  const comparison = useComparison(beforeId, afterId);
  const maps = useRef<(MapController | null)[]>([null, null]);
  const isFollowing = useRef(false);

  useHotkeys([["Escape", props.onClose]]);

  const link = (side: number) => (controller: MapController) => {
    maps.current[side] = controller;
    return controller.onMoved((position) => {
      if (isFollowing.current) return;
      isFollowing.current = true;
      maps.current[1 - side]?.setPosition(position);
      isFollowing.current = false;
    });
  };
  const others = [before, after].filter((shown): shown is Alignment => shown !== null);
  const listed = [
    ...alignments,
    ...others.filter(({ id }) => !alignments.some((a) => a.id === id)),
  ];
  const choices = listed
    .filter(({ team_id }) => before === null || team_id === before.team_id)
    .map(({ id, name, state, is_proposal }) => ({
      value: String(id),
      label: `${name} (${is_proposal ? "proposal" : state})`,
    }));

  return (
    <section className={classes.view} aria-label="Compare two alignments">
      <Group className={classes.bar} justify="space-between" wrap="nowrap">
        <Title order={1} size="h5">
          Compare
        </Title>
        <CloseButton size="lg" aria-label="Close the comparison" onClick={props.onClose} />
      </Group>
      <div className={classes.maps}>
        <Side
          title="Before"
          value={beforeId}
          notes={before?.notes}
          choices={choices}
          onChoose={(id) => onChoose({ beforeId: id, afterId })}
          map={
            before && (
              <CompareMap
                {...props}
                key={before.id}
                alignment={before}
                label="Before"
                onReady={link(0)}
              />
            )
          }
        />
        <Side
          title="After"
          value={afterId}
          notes={after?.notes}
          choices={choices}
          onChoose={(id) => onChoose({ beforeId, afterId: id })}
          map={
            after ? (
              <CompareMap
                {...props}
                key={after.id}
                alignment={after}
                label="After"
                onReady={link(1)}
              />
            ) : (
              <Text p="md">Choose the alignment to compare with.</Text>
            )
          }
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must reach it */}
      <section className={classes.tables} aria-label="Differences" tabIndex={0}>
        {afterId !== null && comparison.isPending && <LoadingLines label="Comparing" />}
        {comparison.isError && (
          <ErrorNotice
            title="Could not compare"
            sentences={problemSentences(comparison.error)}
            onRetry={() => void comparison.refetch()}
          />
        )}
        {comparison.data && (
          <ComparisonTables comparison={comparison.data} currency={props.currency} />
        )}
      </section>
    </section>
  );
}

interface SideProps {
  title: string;
  value: number | null;
  notes: string | undefined;
  choices: { value: string; label: string }[];
  onChoose: (id: number) => void;
  map: ReactNode;
}

function Side({ title, value, notes, choices, onChoose, map }: SideProps) {
  return (
    <Stack gap={0} className={classes.side}>
      <Group gap="xs" className={classes.sideHead}>
        <Text size="sm" fw={650}>
          {title}
        </Text>
        <NativeSelect
          size="xs"
          aria-label={`${title}: which alignment`}
          value={String(value ?? "")}
          onChange={(event) => onChoose(Number(event.currentTarget.value))}
          data={value === null ? [{ value: "", label: "choose…" }, ...choices] : choices}
        />
        {notes && (
          <Text size="xs" c="dimmed" lineClamp={1} title={notes}>
            {notes}
          </Text>
        )}
      </Group>
      <div className={classes.map}>{map}</div>
    </Stack>
  );
}
