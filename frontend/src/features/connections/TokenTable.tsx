import { Button, Code, Stack, Table, Text, VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { type ApiToken, useRevokeApiToken } from "@/api/connections";
import { problemSentences } from "@/api/problem";
import { formatDate, formatDateTime } from "@/domain/format";
import { type Confirmation, ConfirmDialog } from "@/ui/ConfirmDialog";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { ScrollTable } from "@/ui/ScrollTable";
import { Tag } from "@/ui/Tag";
import { scopeWords, TOKEN_STATES } from "./connectionWords";

interface TokenTableProps {
  tokens: readonly ApiToken[];
  memberId: number;
  isAdmin: boolean;
}

export function TokenTable({ tokens, memberId, isAdmin }: TokenTableProps) {
  const revoke = useRevokeApiToken();
  const [confirmation, setConfirmation] = useState<Confirmation | null>(null);
  const ask = ({ id, name, member_id, member_name }: ApiToken) =>
    setConfirmation({
      title: `Revoke “${name}”?`,
      text: `The program that uses it${member_id === memberId ? "" : ` for ${member_name}`} is refused from its next call on. This cannot be taken back.`,
      actionLabel: "Revoke token",
      isDangerous: true,
      run: () => revoke.mutate(id),
    });
  return (
    <Stack gap="sm">
      {revoke.isError && (
        <ErrorNotice title="Not revoked" sentences={problemSentences(revoke.error)} />
      )}
      <ScrollTable label="List of API tokens">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Token</Table.Th>
            <Table.Th>Scopes</Table.Th>
            {isAdmin && <Table.Th>Member</Table.Th>}
            <Table.Th>State</Table.Th>
            <Table.Th>Last used</Table.Th>
            <Table.Th>Expires</Table.Th>
            <Table.Th>
              <VisuallyHidden>Revoke</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {tokens.map((token) => (
            <Table.Tr key={token.id}>
              <Table.Td miw="12rem">
                <Text size="sm" fw={600}>
                  {token.name}
                </Text>
                <Code>{token.prefix}…</Code>
              </Table.Td>
              <Table.Td>{scopeWords(token.scopes)}</Table.Td>
              {isAdmin && <Table.Td>{token.member_name}</Table.Td>}
              <Table.Td>
                <Tag tone={TOKEN_STATES[token.state].tone}>{TOKEN_STATES[token.state].label}</Tag>
              </Table.Td>
              <Table.Td className="figures">
                {token.last_used_at ? formatDateTime(token.last_used_at) : "Never"}
              </Table.Td>
              <Table.Td className="figures">{formatDate(token.expires_at)}</Table.Td>
              <Table.Td ta="right">
                {token.state === "active" && (
                  <Button
                    size="compact-sm"
                    variant="default"
                    onClick={() => ask(token)}
                    loading={revoke.isPending && revoke.variables === token.id}
                    aria-label={`Revoke ${token.name}`}
                  >
                    Revoke
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </ScrollTable>
      <ConfirmDialog confirmation={confirmation} onClose={() => setConfirmation(null)} />
    </Stack>
  );
}
