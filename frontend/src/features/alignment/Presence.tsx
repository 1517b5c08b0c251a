import { Avatar, Tooltip } from "@mantine/core";
import type { Person } from "@/api/types";

const SHOWN = 4;

/** Who else has the alignment open. */
export function Presence({ others }: { others: readonly Person[] }) {
  if (others.length === 0) return null;
  const hidden = others.slice(SHOWN);
  const names = others.map(({ name }) => name);
  return (
    <Avatar.Group spacing={8} role="group" aria-label={`Also here: ${names.join(", ")}`}>
      {others.slice(0, SHOWN).map(({ id, name }) => (
        <Tooltip key={id} label={`${name} is here too`}>
          <Avatar size={28} name={name} color="initials" alt={name} />
        </Tooltip>
      ))}
      {hidden.length > 0 && (
        <Tooltip label={hidden.map(({ name }) => name).join(", ")}>
          <Avatar size={28}>+{hidden.length}</Avatar>
        </Tooltip>
      )}
    </Avatar.Group>
  );
}
