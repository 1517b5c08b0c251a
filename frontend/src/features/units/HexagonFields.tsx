import { Button, Group, Radio, Stack, Text, TextInput } from "@mantine/core";
import type { Bbox } from "@/api/types";
import { formatCount } from "@/domain/format";
import { type AccountPlaces, boundsWords } from "./accountPlaces";
import { readBounds, SIDES, type Side } from "./bounds";
import classes from "./HexagonFields.module.css";
import {
  countWords,
  expectedHexagons,
  type Fit,
  fitOf,
  HEXAGON_SIZES,
  sizeWords,
  UNITS_MAX,
} from "./hexagonSizes";
import type { ChoiceProblems, LayerChoice, LayerDraft } from "./layerChoice";

interface HexagonFieldsProps {
  choice: LayerChoice;
  /** The rectangle is the one around the accounts, nobody has changed it. */
  isFilledIn: boolean;
  places: AccountPlaces | null;
  problems: ChoiceProblems;
  onChange: (changed: Partial<LayerDraft>) => void;
}

export function HexagonFields(props: HexagonFieldsProps) {
  const { choice, problems, onChange } = props;
  const { bounds } = readBounds(choice.sides);
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed" maw="65ch">
        Hexagons of equal size, anywhere in the world. Smaller ones follow the accounts more
        closely, larger ones are quicker to paint.
      </Text>
      <AreaFields {...props} />
      <Radio.Group
        label="Size"
        value={String(choice.resolution)}
        onChange={(value) => onChange({ resolution: Number(value) })}
        error={problems.resolution}
        data-refused={problems.resolution !== undefined || undefined}
      >
        <Stack gap="xs" my="xs">
          {HEXAGON_SIZES.map((size) => (
            <Radio
              key={size.resolution}
              value={String(size.resolution)}
              label={`Resolution ${size.resolution}: ${sizeWords(size)}`}
              description={bounds ? countNote(bounds, size) : undefined}
            />
          ))}
        </Stack>
      </Radio.Group>
    </Stack>
  );
}

const FIT_NOTES: Record<Fit, string> = {
  fits: "",
  too_few: "",
  close: `, close to the limit of ${formatCount(UNITS_MAX)}`,
  too_many: `, more than the ${formatCount(UNITS_MAX)} a layer can hold`,
};

function countNote(bounds: Bbox, size: (typeof HEXAGON_SIZES)[number]): string {
  const n_expected = expectedHexagons(bounds, size);
  return countWords(n_expected) + FIT_NOTES[fitOf(n_expected)];
}

const SIDE_LABELS: Record<Side, string> = {
  west: "West edge",
  south: "South edge",
  east: "East edge",
  north: "North edge",
};

function AreaFields({ choice, isFilledIn, places, problems, onChange }: HexagonFieldsProps) {
  const around = places?.bounds ?? null;
  return (
    <fieldset className="plain-fieldset">
      <Text component="legend" size="sm" fw={500}>
        Area, in degrees of longitude (west, east) and latitude (south, north)
      </Text>
      <Group align="flex-start" gap="sm" mt={4}>
        {SIDES.map((side) => (
          <TextInput
            key={side}
            label={SIDE_LABELS[side]}
            required
            className={classes.side}
            value={choice.sides[side]}
            onChange={(event) =>
              onChange({ sides: { ...choice.sides, [side]: event.currentTarget.value } })
            }
            error={problems.sides[side]}
          />
        ))}
      </Group>
      {places && around && isFilledIn && (
        <Text size="sm" c="dimmed" mt={6}>
          {boundsWords(places)}
        </Text>
      )}
      {around && !isFilledIn && (
        <Button
          variant="default"
          size="compact-sm"
          mt="xs"
          onClick={() => onChange({ sides: null })}
        >
          Use the area around my accounts
        </Button>
      )}
    </fieldset>
  );
}
