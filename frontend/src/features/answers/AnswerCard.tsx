import { Button, Group, Text, Title } from "@mantine/core";
import { useMemo, useState } from "react";
import type { Answer, Boundaries } from "@/api/types";
import { FigureTable } from "@/ui/FigureTable";
import { FormulaLink } from "@/ui/FormulaLink";
import { type OutlineArea, OutlineMap } from "@/ui/OutlineMap";
import { Tag } from "@/ui/Tag";
import classes from "./AnswerCard.module.css";
import { figureWords, rowWords, shadeColour, VERDICTS } from "./answerWords";

const ROWS_SHOWN = 6;

/** What the rows are about, and where the button leads. */
const WORDS: Record<Answer["key"], { rows: string; action: string; panel: "optimizer" | null }> = {
  opportunity: { rows: "Territory", action: "Rebalance", panel: "optimizer" },
  workload: { rows: "Rep, territory", action: "Rebalance", panel: "optimizer" },
  coverage: { rows: "Where", action: "Open the findings", panel: null },
  overlap: { rows: "Where", action: "Open the findings", panel: null },
  growth: { rows: "Territory", action: "Plan reps", panel: "optimizer" },
};

interface AnswerCardProps {
  answer: Answer;
  alignmentId: number;
  currency: string;
  boundaries: Boundaries | null;
  /** Whether the member may change the alignment. */
  mayPlan: boolean;
  children?: React.ReactNode;
}

/** A question, its answer in a sentence, the figures behind it, where it is, and what to do about it. */
export function AnswerCard({
  answer,
  alignmentId,
  currency,
  boundaries,
  mayPlan,
  children,
}: AnswerCardProps) {
  const [showsAll, setShowsAll] = useState(false);
  const areas = useAreas(answer, boundaries, currency);
  const rows = showsAll ? answer.rows : answer.rows.slice(0, ROWS_SHOWN);
  const verdict = VERDICTS[answer.verdict];
  const words = WORDS[answer.key];
  const address = `#/map/${alignmentId}${mayPlan && words.panel ? `?panel=${words.panel}` : ""}`;
  return (
    <section className={classes.card} aria-labelledby={`question-${answer.key}`}>
      <div className={classes.words}>
        <Group gap="xs" align="baseline">
          <Title order={2} size="h4" id={`question-${answer.key}`}>
            {answer.question}
          </Title>
          <Tag tone={verdict.tone}>{verdict.word}</Tag>
        </Group>
        <Text className={classes.sentence}>{answer.sentence}</Text>
        {children}
        <dl className={classes.figures}>
          {answer.figures.map(({ label, value, unit, formula_url }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd className="figures">
                <FormulaLink label={label} url={formula_url}>
                  {figureWords(value, unit, currency)}
                </FormulaLink>
              </dd>
            </div>
          ))}
        </dl>
        {rows.length > 0 && (
          <FigureTable
            head={[words.rows, answer.rows_label, answer.notes_label]}
            rows={rows.map(({ label, value, note }, i) => ({
              key: `${i}-${label}`,
              name: label,
              figures: [rowWords(value, answer.rows_unit, currency), note],
            }))}
          />
        )}
        <Group gap="xs">
          <Button component="a" href={address} size="compact-sm" variant="light">
            {mayPlan ? words.action : "Open on the map"}
          </Button>
          {answer.rows.length > ROWS_SHOWN && (
            <Button
              size="compact-sm"
              variant="subtle"
              aria-expanded={showsAll}
              onClick={() => setShowsAll(!showsAll)}
            >
              {showsAll ? "Show fewer" : `Show all ${answer.rows.length}`}
            </Button>
          )}
        </Group>
      </div>
      <div className={classes.map}>
        <OutlineMap
          label={`Map to the question: ${answer.question}`}
          areas={areas}
          marked={answer.areas}
        />
        {answer.rows.some(({ shade }) => shade !== null) && (
          <Text size="xs" c="dimmed">
            Red: above what is right. Ochre: below. The stronger, the further off.
          </Text>
        )}
      </div>
    </section>
  );
}

function useAreas(answer: Answer, boundaries: Boundaries | null, currency: string): OutlineArea[] {
  return useMemo(() => {
    const rowOf = new Map(answer.rows.map((row) => [row.territory_id, row]));
    return (boundaries?.features ?? []).flatMap(({ id, geometry, properties }) => {
      if (!geometry) return [];
      const row = rowOf.get(Number(id));
      const figure = row ? `: ${rowWords(row.value, answer.rows_unit, currency)}` : "";
      const fill = row ? shadeColour(row.shade) : "var(--shade-right)";
      return [{ key: Number(id), geometry, title: `${properties.name}${figure}`, fill }];
    });
  }, [answer, boundaries, currency]);
}
