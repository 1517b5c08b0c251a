import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useEffect, useEffectEvent, useState } from "react";
import { useBarriers, useBarrierWrites } from "@/api/barriers";
import { problemSentences } from "@/api/problem";
import type { Barriers } from "@/api/types";
import type { DrawnBarrier } from "@/map/tools/tool";
import type { Confirmation } from "@/ui/ConfirmDialog";
import type { FileBarrier } from "../boundaryFile";
import { ToolPanel } from "../ToolPanel";
import { BarrierFile } from "./BarrierFile";
import { BarrierForm } from "./BarrierForm";
import { BarrierList } from "./BarrierList";
import { boundsOf, onBarrier, shapeOfDrawn } from "./barrierWords";

type Barrier = Barriers["features"][number];

/** The part of the desk's state that this panel reads and ends. */
interface Drawing {
  isArea: boolean;
  drawn: DrawnBarrier | null;
  bridgedId: number | null;
  place: [number, number] | null;
  setBridgedId: (id: number | null) => void;
}

interface BarrierPanelProps {
  layerId: number | null;
  drawing: Drawing;
  onForget: () => void;
  onMiddle: () => void;
  onFinish: () => void;
  onShow: (bounds: [number, number, number, number]) => void;
  onConfirm: (confirmation: Confirmation) => void;
  onEnd: () => void;
}

const NEW = { name: "", kind: "river", is_hard: true, cost_km: 10 } as const;
const NO_BARRIERS: readonly Barrier[] = [];

/** Beside the barrier tool: what is drawn becomes a barrier, and what there is is changed. */
export function BarrierPanel(props: BarrierPanelProps) {
  const { drawing, layerId, onForget } = props;
  const all = useBarriers().data?.features ?? NO_BARRIERS;
  const writes = useBarrierWrites();
  const [changedId, setChangedId] = useState<number | null>(null);
  const [fromFile, setFromFile] = useState<readonly FileBarrier[]>([]);
  const changed = all.find(({ id }) => id === changedId);
  const bridged = all.find(({ id }) => id === drawing.bridgedId);

  const tell = async (write: Promise<void>) => {
    try {
      await write;
    } catch (error) {
      const [message] = problemSentences(error);
      notifications.show({ color: "red", message });
    }
  };
  const addBridge = useEffectEvent((place: [number, number]) => {
    onForget();
    if (!bridged) return;
    const bridges = [...bridged.properties.bridges, onBarrier(bridged.geometry, place)];
    void tell(writes.change(Number(bridged.id), { bridges }));
  });
  useEffect(() => {
    if (drawing.place) addBridge(drawing.place);
  }, [drawing.place]);
  const show = ({ geometry }: Barrier) => props.onShow(boundsOf(geometry));
  const back = () => {
    onForget();
    setChangedId(null);
    setFromFile([]);
  };
  const askDelete = ({ id, properties }: Barrier) =>
    props.onConfirm({
      title: `Delete ${properties.name}?`,
      text: "Units that only this barrier parts are neighbours again, in every alignment.",
      actionLabel: "Delete",
      isDangerous: true,
      run: () => void tell(writes.remove(Number(id))),
    });

  const [only] = fromFile;
  if (drawing.drawn || only) {
    const shapes = drawing.drawn ? [{ name: "", geometry: shapeOfDrawn(drawing.drawn) }] : fromFile;
    const [first] = shapes;
    const isOne = shapes.length === 1;
    return (
      <ToolPanel
        title={isOne ? "New barrier" : `${shapes.length} new barriers`}
        closeLabel="Drop it"
        onClose={back}
      >
        <BarrierForm
          start={{
            ...NEW,
            name: first?.name ?? "",
            kind: drawing.drawn?.isArea ? "restricted" : NEW.kind,
          }}
          geometry={isOne && first ? first.geometry : null}
          layerId={layerId}
          saveLabel={isOne ? "Add barrier" : `Add ${shapes.length} barriers`}
          hasName={isOne}
          onSave={async (fields) => {
            const bodies = shapes.map(({ name, geometry }) => ({
              ...fields,
              name: isOne ? fields.name : name,
              geometry,
            }));
            await writes.create(bodies);
            back();
          }}
          onCancel={back}
        />
      </ToolPanel>
    );
  }
  if (changed) {
    return (
      <ToolPanel title={changed.properties.name} closeLabel="Back to the barriers" onClose={back}>
        <BarrierForm
          start={{ ...changed.properties, cost_km: changed.properties.cost_km || NEW.cost_km }}
          geometry={changed.geometry}
          layerId={layerId}
          saveLabel="Save"
          hasName
          onSave={async ({ name, kind, is_hard, cost_km }) => {
            await writes.change(Number(changed.id), { name, kind, is_hard, cost_km });
            back();
          }}
          onCancel={back}
        />
      </ToolPanel>
    );
  }
  return (
    <ToolPanel
      title="Barriers"
      closeLabel={bridged ? "Set no bridge" : "End drawing barriers"}
      onClose={bridged ? back : props.onEnd}
    >
      {bridged ? (
        <Text size="sm" role="status" my={6}>
          Click where one may pass {bridged.properties.name}: the pair of units beside that place is
          joined.
        </Text>
      ) : (
        <BarrierList
          barriers={all}
          onShow={show}
          onChange={({ id }) => {
            onForget();
            setChangedId(Number(id));
          }}
          onBridge={(barrier) => {
            onForget();
            show(barrier);
            drawing.setBridgedId(Number(barrier.id));
          }}
          onUnbridge={({ id }) => void tell(writes.change(Number(id), { bridges: [] }))}
          onDelete={askDelete}
        />
      )}
      <Group gap={6}>
        <Button size="compact-xs" variant="default" onClick={props.onMiddle}>
          {bridged ? "Bridge at the map’s middle" : "Add the map’s middle"}
        </Button>
        {bridged ? (
          <Button size="compact-xs" variant="default" onClick={back}>
            Cancel
          </Button>
        ) : (
          <>
            <Button size="compact-xs" variant="default" onClick={props.onFinish}>
              {drawing.isArea ? "End the area" : "End the line"}
            </Button>
            <BarrierFile onRead={setFromFile} />
          </>
        )}
      </Group>
    </ToolPanel>
  );
}
