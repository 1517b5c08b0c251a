import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { problemSentences } from "@/api/problem";
import type { UnitLayer } from "@/api/types";
import { deleteUnitLayer } from "@/api/unitLayers";
import { formatCount } from "@/domain/format";
import { ErrorNotice } from "@/ui/ErrorNotice";

interface DeleteLayerDialogProps {
  layer: UnitLayer | null;
  onClose: () => void;
  onDeleted: () => Promise<void>;
}

export function DeleteLayerDialog({ layer, onClose, onDeleted }: DeleteLayerDialogProps) {
  return (
    <Modal opened={layer !== null} onClose={onClose} title={`Delete “${layer?.name ?? ""}”?`}>
      {layer && <DeleteForm layer={layer} onClose={onClose} onDeleted={onDeleted} />}
    </Modal>
  );
}

function DeleteForm({ layer, onClose, onDeleted }: DeleteLayerDialogProps & { layer: UnitLayer }) {
  const remove = useMutation({
    mutationFn: () => deleteUnitLayer(layer.id),
    onSuccess: onDeleted,
  });
  return (
    <Stack gap="md">
      <Text size="sm">
        {layer.n_units > 0
          ? `Its ${formatCount(layer.n_units)} units go for good. Accounts stay as they are.`
          : "It holds no units. Accounts stay as they are."}
      </Text>
      {remove.isError && (
        <ErrorNotice title="Not deleted" sentences={problemSentences(remove.error)} />
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep it
        </Button>
        <Button color="red.9" onClick={() => remove.mutate()} loading={remove.isPending}>
          Delete layer
        </Button>
      </Group>
    </Stack>
  );
}
