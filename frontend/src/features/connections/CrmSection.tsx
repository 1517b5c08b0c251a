import { Button, Group, Table, Text, VisuallyHidden } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { type Crm, type CrmKind, useCrmKinds, useCrms } from "@/api/crm";
import { problemSentences } from "@/api/problem";
import { formatDateTime } from "@/domain/format";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { ScrollTable } from "@/ui/ScrollTable";
import { Section } from "@/ui/Section";
import { Tag } from "@/ui/Tag";
import { CrmDrawer } from "./CrmDrawer";
import { crmState } from "./crmWords";
import { NewCrmDialog } from "./NewCrmDialog";

const PURPOSE =
  "What was decided here goes into the CRM: compared first, then only what differs, and what it does not take can be tried again.";

export function CrmSection({ isAdmin }: { isAdmin: boolean }) {
  const [isMaking, setMaking] = useState(false);
  if (!isAdmin) {
    return (
      <Section title="CRM" purpose={PURPOSE}>
        <EmptyState title="CRMs are connected by admins">
          Ask one of them to push assignments, or take the files under Export.
        </EmptyState>
      </Section>
    );
  }
  return (
    <Section
      title="CRM"
      purpose={PURPOSE}
      action={
        <Button
          leftSection={<IconPlus size={18} aria-hidden />}
          onClick={() => setMaking(true)}
          aria-haspopup="dialog"
        >
          Connect a CRM
        </Button>
      }
    >
      <Crms isMaking={isMaking} onMade={() => setMaking(false)} />
    </Section>
  );
}

function Crms({ isMaking, onMade }: { isMaking: boolean; onMade: () => void }) {
  const crms = useCrms();
  const kinds = useCrmKinds();
  const [openId, setOpenId] = useState<number | null>(null);
  if (crms.isPending || kinds.isPending) {
    return <LoadingLines label="Loading the CRMs" lines={3} />;
  }
  const failed = [crms, kinds].find(({ isError }) => isError);
  if (failed || !crms.data || !kinds.data) {
    return (
      <ErrorNotice
        title="The CRMs could not be loaded"
        sentences={problemSentences(failed?.error)}
        onRetry={() => {
          crms.refetch();
          kinds.refetch();
        }}
      />
    );
  }
  const open = crms.data.find(({ id }) => id === openId) ?? null;
  return (
    <>
      {crms.data.length === 0 ? (
        <EmptyState title="No CRM yet">
          Connect {kinds.data.map(({ label }) => label).join(", ")}: nothing is written there until
          you have seen what would change.
        </EmptyState>
      ) : (
        <CrmTable crms={crms.data} kinds={kinds.data} onOpen={setOpenId} />
      )}
      <CrmDrawer
        crm={open}
        kind={kinds.data.find(({ key }) => key === open?.kind)}
        onClose={() => setOpenId(null)}
      />
      <NewCrmDialog
        kinds={kinds.data}
        isOpen={isMaking}
        onClose={onMade}
        onMade={(id) => {
          onMade();
          setOpenId(id);
        }}
      />
    </>
  );
}

interface CrmTableProps {
  crms: readonly Crm[];
  kinds: readonly CrmKind[];
  onOpen: (id: number) => void;
}

function CrmTable({ crms, kinds, onOpen }: CrmTableProps) {
  return (
    <ScrollTable label="List of CRMs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Name</Table.Th>
          <Table.Th>CRM</Table.Th>
          <Table.Th>State</Table.Th>
          <Table.Th>Last contact</Table.Th>
          <Table.Th>
            <VisuallyHidden>Open</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {crms.map((crm) => {
          const { label, tone } = crmState(crm);
          return (
            <Table.Tr key={crm.id}>
              <Table.Td fw={600} miw="10rem">
                {crm.name}
              </Table.Td>
              <Table.Td>{kinds.find(({ key }) => key === crm.kind)?.label ?? crm.kind}</Table.Td>
              <Table.Td>
                <Group gap="xs" wrap="nowrap">
                  <Tag tone={tone}>{label}</Tag>
                </Group>
              </Table.Td>
              <Table.Td>
                <Text size="sm" className="figures" miw="9rem">
                  {crm.last_checked_at ? formatDateTime(crm.last_checked_at) : "None yet"}
                </Text>
              </Table.Td>
              <Table.Td ta="right">
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => onOpen(crm.id)}
                  aria-haspopup="dialog"
                  aria-label={`Open ${crm.name}`}
                >
                  Open
                </Button>
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </ScrollTable>
  );
}
