import { Table, VisuallyHidden } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Alignment, UnitLayer } from "@/api/types";
import { UNIT_LAYERS_KEY } from "@/api/unitLayers";
import { ScrollTable } from "@/ui/ScrollTable";
import { DeleteLayerDialog } from "./DeleteLayerDialog";
import { LayerRow } from "./LayerRow";
import { usersOf } from "./layerWords";

interface LayerTableProps {
  layers: readonly UnitLayer[];
  alignments: readonly Alignment[];
  canEdit: boolean;
  onDeleted: () => void;
}

export function LayerTable({ layers, alignments, canEdit, onDeleted }: LayerTableProps) {
  const queries = useQueryClient();
  const [doomed, setDoomed] = useState<UnitLayer | null>(null);
  const reload = () => queries.invalidateQueries({ queryKey: UNIT_LAYERS_KEY });
  return (
    <>
      <ScrollTable label="Unit layers">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Layer</Table.Th>
            <Table.Th>Made of</Table.Th>
            <Table.Th ta="right">Units</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th>Used by</Table.Th>
            {canEdit && (
              <Table.Th>
                <VisuallyHidden>Cancel or delete</VisuallyHidden>
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {layers.map((layer) => (
            <LayerRow
              key={layer.id}
              layer={layer}
              users={usersOf(layer, alignments)}
              canEdit={canEdit}
              onEnded={reload}
              onDelete={() => setDoomed(layer)}
            />
          ))}
        </Table.Tbody>
      </ScrollTable>
      <DeleteLayerDialog
        layer={doomed}
        onClose={() => setDoomed(null)}
        onDeleted={async () => {
          await reload();
          setDoomed(null);
          onDeleted();
        }}
      />
    </>
  );
}
