interface Said {
  label: string;
  member_name: string;
}

/** “Maria gave 12 units to “North””: the latest in words, newest first given, the others counted. */
export function theirWords(changes: readonly Said[]): string | null {
  const [latest] = changes;
  if (!latest) return null;
  const words = `${latest.member_name} ${latest.label.charAt(0).toLowerCase()}${latest.label.slice(1)}`;
  const n_more = changes.length - 1;
  return n_more > 0 ? `${words}, and ${n_more} more ${n_more === 1 ? "change" : "changes"}` : words;
}
