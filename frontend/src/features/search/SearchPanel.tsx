import { Combobox, Loader, Paper, Text, TextInput, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useState } from "react";
import { fetchAccounts } from "@/api/accounts";
import type { Territory } from "@/api/types";
import type { UnitColumns } from "@/domain/units";
import { loadNamedAreas } from "@/map/layers/basemapShapes";
import { findMatches, type Match } from "./matches";
import classes from "./SearchPanel.module.css";

interface SearchPanelProps {
  alignmentId: number;
  territories: readonly Territory[];
  units: UnitColumns | null;
  onGo: (match: Match) => void;
  onClose: () => void;
}

const SHORTEST_WORDS = 2;

export function SearchPanel({ alignmentId, territories, units, onGo, onClose }: SearchPanelProps) {
  const combobox = useCombobox({ defaultOpened: true });
  const [words, setWords] = useState("");
  const [asked] = useDebouncedValue(words.trim(), 200);
  const areas = useQuery({
    queryKey: ["named-areas"],
    queryFn: loadNamedAreas,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const accounts = useQuery({
    queryKey: ["search", alignmentId, asked],
    queryFn: ({ signal }) =>
      fetchAccounts({ search: asked, alignment: alignmentId, page_size: 20 }, signal),
    enabled: asked.length >= SHORTEST_WORDS,
    placeholderData: keepPreviousData,
  });
  const isLong = words.trim().length >= SHORTEST_WORDS;
  const groups = isLong
    ? findMatches(words, {
        territories,
        units,
        areas: areas.data ?? [],
        accounts: accounts.data?.results ?? [],
      })
    : [];
  const isWaiting = accounts.isFetching || asked !== words.trim();
  const go = (key: string) => {
    const match = groups.flatMap(({ matches }) => matches).find((found) => found.key === key);
    if (match) onGo(match);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onClose();
  };
  return (
    <Paper
      className={classes.panel}
      shadow="md"
      role="search"
      aria-label="Find on the map"
      data-over-map="standing"
      onKeyDown={onKeyDown}
    >
      <Combobox store={combobox} onOptionSubmit={go} withinPortal={false}>
        <Combobox.EventsTarget>
          <TextInput
            aria-label="Place, account, territory or rep"
            placeholder="Place, account, territory or rep"
            data-autofocus
            autoFocus
            leftSection={<IconSearch size={16} />}
            rightSection={isLong && isWaiting ? <Loader size={14} /> : null}
            value={words}
            onChange={(event) => {
              setWords(event.currentTarget.value);
              combobox.resetSelectedOption();
            }}
          />
        </Combobox.EventsTarget>
        {isLong && (
          <Combobox.Options className={classes.found} aria-label="Found">
            {groups.map(({ label, matches }) => (
              <Combobox.Group key={label} label={label}>
                {matches.map(({ key, title, detail }) => (
                  <Combobox.Option key={key} value={key} className={classes.option}>
                    <span className={classes.title}>{title}</span>
                    <span className={classes.detail}>{detail}</span>
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            ))}
            {groups.length === 0 && (
              <Combobox.Empty>
                {isWaiting
                  ? "Searching…"
                  : "Nothing by this name. Towns are found where accounts are."}
              </Combobox.Empty>
            )}
          </Combobox.Options>
        )}
      </Combobox>
      {accounts.isError && (
        <Text size="xs" c="red" p={4}>
          Accounts could not be searched; the rest could.
        </Text>
      )}
    </Paper>
  );
}
