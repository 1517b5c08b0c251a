import { Group, Text } from "@mantine/core";
import type { Import } from "@/api/types";
import { formatCount } from "@/domain/format";
import classes from "./DetectedFacts.module.css";

const DELIMITERS: Record<string, string> = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "bar",
  " ": "space",
};

export function DetectedFacts({ item }: { item: Import }) {
  const { encoding, delimiter, sheet } = item.detected;
  const facts: [string, string][] = [
    ["Rows", formatCount(item.n_rows)],
    ["Columns", formatCount(item.columns.length)],
  ];
  if (sheet) facts.push(["Sheet", sheet]);
  if (encoding) facts.push(["Encoding", encoding]);
  if (delimiter) facts.push(["Values separated by", DELIMITERS[delimiter] ?? `“${delimiter}”`]);
  return (
    <Group component="dl" className={classes.facts} gap="xl">
      {facts.map(([name, value]) => (
        <div key={name}>
          <Text component="dt" size="sm" c="dimmed">
            {name}
          </Text>
          <Text component="dd" fw={600} m={0} className="figures">
            {value}
          </Text>
        </div>
      ))}
    </Group>
  );
}
