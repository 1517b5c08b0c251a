import { Button, Stack, Table, Text } from "@mantine/core";
import type { MoveRemark, MovesPreview } from "@/api/types";
import { formatCount, formatShare } from "@/domain/format";
import { Callout } from "@/ui/Callout";
import { FormulaLink } from "@/ui/FormulaLink";

interface MovesSummaryProps {
  preview: MovesPreview;
  onLeaveOut: (remarks: readonly MoveRemark[]) => void;
}

const SHOWN = 3;

/** What the chosen moves do to the alignment as it is now. */
export function MovesSummary({ preview, onLeaveOut }: MovesSummaryProps) {
  const { metrics, loose, blocked } = preview;
  return (
    <Stack gap={6}>
      <Table fz="xs" verticalSpacing={3} horizontalSpacing={4} className="figures">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              <FormulaLink label="the effect of chosen moves" url="/docs/metrics/#some-moves">
                Worst deviation
              </FormulaLink>
            </Table.Th>
            <Table.Th ta="right">Today</Table.Th>
            <Table.Th ta="right">Then</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {metrics.map(({ key, tolerance, before_worst, after_worst }) => (
            <Table.Tr key={key}>
              <Table.Th scope="row" tt="capitalize">
                {key}{" "}
                <Text span size="xs" c="dimmed">
                  ±{formatShare(tolerance, 1)}
                </Text>
              </Table.Th>
              <Table.Td ta="right">{formatShare(before_worst, 1)}</Table.Td>
              <Table.Td ta="right" className="one-line">
                <Met worst={after_worst} tolerance={tolerance} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" className="figures" role="status">
        {formatCount(preview.n_accounts)} accounts change territory. {piecesWords(preview)}
      </Text>
      <Remarks
        title={`${formatCount(loose.length)} ${loose.length === 1 ? "move leaves" : "moves leave"} a piece behind`}
        remarks={loose}
        onLeaveOut={onLeaveOut}
      />
      <Remarks
        title={`${formatCount(blocked.length)} ${blocked.length === 1 ? "move no longer fits" : "moves no longer fit"} the alignment as it is now`}
        remarks={blocked}
        onLeaveOut={onLeaveOut}
      />
    </Stack>
  );
}

function Met({ worst, tolerance }: { worst: number | null; tolerance: number }) {
  const isMet = worst === null || worst <= tolerance + 1e-9;
  return (
    <strong style={{ color: isMet ? "var(--in-band)" : "var(--over)" }}>
      {isMet ? "●" : "▲"} {formatShare(worst, 1)}
      <span className="visually-hidden">{isMet ? ", within" : ", outside"}</span>
    </strong>
  );
}

function piecesWords({ extra_pieces_before, extra_pieces }: MovesPreview): string {
  if (extra_pieces === 0) return "Every territory hangs together.";
  const pieces = `${formatCount(extra_pieces)} extra ${extra_pieces === 1 ? "piece" : "pieces"}`;
  if (extra_pieces === extra_pieces_before) return `${pieces}, as today.`;
  return `${pieces}, today ${formatCount(extra_pieces_before)}.`;
}

interface RemarksProps {
  title: string;
  remarks: readonly MoveRemark[];
  onLeaveOut: (remarks: readonly MoveRemark[]) => void;
}

function Remarks({ title, remarks, onLeaveOut }: RemarksProps) {
  if (remarks.length === 0) return null;
  return (
    <Callout tone="warn" title={title} isLive>
      <ul>
        {remarks.slice(0, SHOWN).map(({ position, unit_name, reason }) => (
          <li key={position}>
            {unit_name}: {reason}
          </li>
        ))}
        {remarks.length > SHOWN && <li>and {formatCount(remarks.length - SHOWN)} more</li>}
      </ul>
      <Button size="compact-xs" variant="default" mt={6} onClick={() => onLeaveOut(remarks)}>
        Leave {remarks.length === 1 ? "it" : "them"} out
      </Button>
    </Callout>
  );
}
