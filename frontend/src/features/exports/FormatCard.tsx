import { Anchor, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { exportUrl } from "@/api/exports";
import type { Alignment, ExportFormat } from "@/api/types";
import { CRM_MEANINGS } from "./crmMeanings";
import classes from "./FormatCard.module.css";

export function FormatCard({ format, alignment }: { format: ExportFormat; alignment: Alignment }) {
  const meaning = CRM_MEANINGS[format.key];
  return (
    <Paper withBorder p="lg" component="section" aria-label={format.label}>
      <Group justify="space-between" align="flex-start" gap="lg">
        <Stack gap={6} className={classes.words}>
          <Title order={2} size="h5">
            {format.label}
          </Title>
          <Text size="sm">{format.description}</Text>
          {meaning && (
            <>
              <Text size="sm" c="dimmed">
                {meaning.sentence}
              </Text>
              <ul className={classes.columns}>
                {meaning.columns.map(({ name, holds }) => (
                  <li key={name}>
                    <code>{name}</code> {holds}
                  </li>
                ))}
              </ul>
              <Anchor href={meaning.url} target="_blank" rel="noreferrer" fz="sm">
                {meaning.linkLabel} (opens the vendor's site)
              </Anchor>
            </>
          )}
        </Stack>
        <Stack gap={4} align="flex-end">
          <Button
            component="a"
            href={exportUrl(format.key, alignment.id)}
            download
            leftSection={<IconDownload size={18} aria-hidden />}
            aria-label={`Download ${format.label} of ${alignment.name}`}
          >
            Download
          </Button>
          <Text size="xs" c="dimmed" className="figures">
            {format.filename}
          </Text>
        </Stack>
      </Group>
    </Paper>
  );
}
