import { Anchor, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconChevronDown, IconDownload } from "@tabler/icons-react";
import { useId, useState } from "react";
import { exportUrl } from "@/api/exports";
import type { Alignment, ExportFormat } from "@/api/types";
import { CRM_MEANINGS } from "./crmMeanings";
import { type Chosen, chosenWords, EVERYTHING, missingWords, queryOf } from "./exportOptions";
import classes from "./FormatCard.module.css";
import { FormatOptions } from "./FormatOptions";

interface FormatCardProps {
  format: ExportFormat;
  alignment: Alignment;
  alignments: readonly Alignment[];
}

export function FormatCard({ format, alignment, alignments }: FormatCardProps) {
  const [chosen, setChosen] = useState<Chosen>(EVERYTHING);
  const [isOpen, setOpen] = useState(false);
  const optionsId = useId();
  const words = chosenWords(chosen, format, alignments);
  const missing = missingWords(chosen, format, alignment, alignments);
  return (
    <Paper withBorder p="lg" component="section" aria-label={format.label}>
      <Stack gap="md">
        <Group justify="space-between" align="flex-start" gap="lg">
          <Stack gap={6} className={classes.words}>
            <Title order={2} size="h5">
              {format.label}
            </Title>
            <Text size="sm">{format.description}</Text>
            <Meaning format={format} />
          </Stack>
          <Stack gap={4} className={classes.download}>
            <Download format={format} alignment={alignment} chosen={chosen} missing={missing} />
            <Text size="xs" c="dimmed" className="figures">
              {format.filename}
            </Text>
            {format.options.length > 0 && (
              <Button
                variant="subtle"
                size="compact-sm"
                aria-expanded={isOpen}
                aria-controls={optionsId}
                aria-label={`Options for ${format.label}`}
                onClick={() => setOpen(!isOpen)}
                rightSection={
                  <IconChevronDown
                    size={16}
                    aria-hidden
                    className={classes.arrow}
                    data-open={isOpen || undefined}
                  />
                }
              >
                Options
              </Button>
            )}
          </Stack>
        </Group>
        <div id={optionsId} hidden={!isOpen}>
          {isOpen && (
            <FormatOptions
              format={format}
              alignment={alignment}
              alignments={alignments}
              chosen={chosen}
              onChange={(changed) => setChosen({ ...chosen, ...changed })}
            />
          )}
        </div>
        {(missing ?? words) && (
          <Text size="sm" role="status" fw={500}>
            {missing ?? `Only: ${words}.`}
          </Text>
        )}
      </Stack>
    </Paper>
  );
}

interface DownloadProps {
  format: ExportFormat;
  alignment: Alignment;
  chosen: Chosen;
  missing: string | null;
}

function Download({ format, alignment, chosen, missing }: DownloadProps) {
  const label = `Download ${format.label} of ${alignment.name}`;
  const icon = <IconDownload size={18} aria-hidden />;
  if (missing) {
    return (
      <Button disabled leftSection={icon} aria-label={label}>
        Download
      </Button>
    );
  }
  return (
    <Button
      component="a"
      href={exportUrl(format.key, alignment.id, queryOf(chosen, format))}
      download
      leftSection={icon}
      aria-label={label}
    >
      Download
    </Button>
  );
}

function Meaning({ format }: { format: ExportFormat }) {
  const meaning = CRM_MEANINGS[format.key];
  if (!meaning) return null;
  return (
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
  );
}
