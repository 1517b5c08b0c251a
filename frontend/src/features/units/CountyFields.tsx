import { Checkbox, MultiSelect, Stack, Text } from "@mantine/core";
import { type AccountPlaces, statesWords } from "./accountPlaces";
import classes from "./CountyFields.module.css";
import type { LayerChoice, LayerDraft } from "./layerChoice";
import { STATE_CHOICES } from "./states";

interface CountyFieldsProps {
  choice: LayerChoice;
  /** The states are those of the accounts, nobody has changed them. */
  isFilledIn: boolean;
  places: AccountPlaces | null;
  problem?: string;
  onChange: (changed: Partial<LayerDraft>) => void;
}

export function CountyFields({ choice, isFilledIn, places, problem, onChange }: CountyFieldsProps) {
  const { states, isWholeCountry } = choice;
  const hasSuggestion = isFilledIn && places !== null && places.states.length > 0;
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed" maw="65ch">
        Counties of the United States as drawn by the Census Bureau in 2017. They suit teams that
        plan by county or by state.
      </Text>
      <MultiSelect
        label="States"
        description={
          hasSuggestion ? statesWords(places) : "Every county of these states becomes a unit."
        }
        placeholder={states.length === 0 ? "Choose states" : undefined}
        data={STATE_CHOICES}
        value={isWholeCountry ? [] : [...states]}
        onChange={(chosen) => onChange({ states: chosen })}
        disabled={isWholeCountry}
        required={!isWholeCountry}
        error={problem}
        searchable
        clearable
        comboboxProps={{ withinPortal: false }}
        withScrollArea={false}
        classNames={{ options: classes.options }}
        openOnFocus={false}
        nothingFoundMessage="No state of this name"
        maw="60rem"
      />
      <Checkbox
        label="The whole country: all states and territories, about 3,200 counties"
        checked={isWholeCountry}
        onChange={(event) => onChange({ isWholeCountry: event.currentTarget.checked })}
      />
    </Stack>
  );
}
