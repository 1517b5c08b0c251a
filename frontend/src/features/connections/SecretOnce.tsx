import { Button, Code, Group, Stack, Text } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useState } from "react";
import { Callout } from "@/ui/Callout";
import { copyText } from "@/ui/copyText";
import classes from "./connections.module.css";

interface SecretOnceProps {
  label: string;
  secret: string;
  /** What to do with it. */
  advice: string;
  onDone: () => void;
}

/** The only moment a secret can be seen. */
export function SecretOnce({ label, secret, advice, onDone }: SecretOnceProps) {
  const [copied, setCopied] = useState<boolean | null>(null);
  return (
    <Stack gap="md">
      <Callout tone="warn" title="Copy it now">
        It is shown this once and kept nowhere where it could be read again.
      </Callout>
      <Stack gap={4}>
        <Text size="sm" fw={600}>
          {label}
        </Text>
        <Code block className={classes.secret}>
          {secret}
        </Code>
        <Text size="sm" c="dimmed">
          {advice}
        </Text>
      </Stack>
      <Group justify="space-between">
        <Button
          data-autofocus
          leftSection={
            copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />
          }
          onClick={async () => setCopied(await copyText(secret))}
        >
          {copied ? "Copied" : "Copy"}
        </Button>
        <Button variant="default" onClick={onDone}>
          Done
        </Button>
      </Group>
      <Text size="sm" role="status" c={copied === false ? "var(--over)" : "dimmed"}>
        {copied === false && "The browser did not allow it: select the text and copy it by hand."}
        {copied && "It is in the clipboard."}
      </Text>
    </Stack>
  );
}
