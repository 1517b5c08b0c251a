import { ActionIcon, Button, CloseButton, Group, Paper, Text } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { formatArea, formatDistance } from "@/domain/format";
import { pathLength_km, ringArea_km2 } from "@/domain/geodesy";
import type { Measurement } from "@/map/tools/tool";
import classes from "./MeasureNote.module.css";

interface MeasureNoteProps {
  measurement: Measurement;
  onMiddle: () => void;
  onCloseShape: () => void;
  onTakeBack: () => void;
  onEnd: () => void;
}

/** What has been measured, and the same steps for who has no pointer. */
export function MeasureNote(props: MeasureNoteProps) {
  const { points, isClosed } = props.measurement;
  const [first] = points;
  const path = isClosed && first ? [...points, first] : points;
  return (
    <Paper
      className={classes.note}
      shadow="md"
      component="section"
      aria-label="Measurement"
      data-over-map
    >
      <Group justify="space-between" wrap="nowrap">
        <div role="status">
          <Text size="sm" className="figures">
            {isClosed ? "Around" : "Distance"}{" "}
            <strong>{points.length > 1 ? formatDistance(pathLength_km(path)) : "–"}</strong>
          </Text>
          {isClosed && (
            <Text size="sm" className="figures">
              Area <strong>{formatArea(ringArea_km2(points))}</strong>
            </Text>
          )}
        </div>
        <Group gap={2} wrap="nowrap">
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label="Take the last point back"
            disabled={points.length === 0}
            onClick={props.onTakeBack}
          >
            <IconArrowBackUp size={17} />
          </ActionIcon>
          <CloseButton size="sm" aria-label="End measuring" onClick={props.onEnd} />
        </Group>
      </Group>
      <Group gap={6} mt={6}>
        <Button size="compact-xs" variant="default" onClick={props.onMiddle}>
          Add the map’s middle
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          disabled={points.length < 3 || isClosed}
          onClick={props.onCloseShape}
        >
          Close to an area
        </Button>
      </Group>
    </Paper>
  );
}
