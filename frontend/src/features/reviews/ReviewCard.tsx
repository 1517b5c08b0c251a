import { Button, Group, Text, Title } from "@mantine/core";
import { useEffect, useId, useRef } from "react";
import { isFinal } from "@/api/jobs";
import type { Review } from "@/api/reviews";
import { formatDate, formatFixed } from "@/domain/format";
import { Callout } from "@/ui/Callout";
import { FormulaLink } from "@/ui/FormulaLink";
import { Tag } from "@/ui/Tag";
import classes from "./reviews.module.css";
import { driftSentences, mailWords, verdict } from "./reviewWords";

interface ReviewCardProps {
  review: Review;
  /** The one that was asked for: brought into view. */
  isMarked: boolean;
  mayPlan: boolean;
}

export function ReviewCard({ review, isMarked, mayPlan }: ReviewCardProps) {
  const card = useRef<HTMLElement>(null);
  const heading = useId();
  useEffect(() => {
    if (isMarked) card.current?.scrollIntoView({ block: "center" });
  }, [isMarked]);
  const { word, tone } = verdict(review);
  const { sentences, unchanged } = driftSentences(review);
  return (
    <article
      ref={card}
      className={classes.review}
      data-marked={isMarked || undefined}
      aria-labelledby={heading}
    >
      <Group gap="xs" align="baseline">
        <Title order={3} size="h5" id={heading}>
          {formatDate(review.measured_on)}, {review.alignment_name}
        </Title>
        <Tag tone={tone}>{word}</Tag>
      </Group>
      <Text size="sm" c="dimmed" className="figures">
        {review.schedule_name ?? `By hand${review.by ? `, ${review.by}` : ""}`} · revision{" "}
        {review.revision} · balance index{" "}
        <FormulaLink label="the balance index" url="/docs/metrics/#balance-index">
          {formatFixed(review.balance_index)}
        </FormulaLink>{" "}
        · {review.n_findings} {review.n_findings === 1 ? "finding" : "findings"}
      </Text>
      {review.drift && (
        <Text size="sm" mt={6}>
          Since {formatDate(review.drift.since)}
          {sentences.length === 0 ? " nothing has moved." : ":"}
        </Text>
      )}
      {sentences.length > 0 && (
        <ul className={classes.sentences}>
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
          {unchanged.length > 0 && <li>As before: {unchanged.join(", ")}.</li>}
        </ul>
      )}
      {review.alarms.length > 0 && <Alarm review={review} mayPlan={mayPlan} />}
    </article>
  );
}

function Alarm({ review, mayPlan }: { review: Review; mayPlan: boolean }) {
  const { alarms, fix, alignment_id, job } = review;
  const mails = mailWords(review);
  const isLooking = !fix && job !== null && !isFinal(job);
  return (
    <div className={classes.alarm}>
      <Callout tone="bad" title="Alarm">
        <ul className={classes.sentences}>
          {alarms.map(({ sentence }) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <Text size="sm" mt="xs" role="status">
          <strong>Smallest fix: </strong>
          {fix?.sentence ?? (isLooking ? "being looked for…" : "it follows within a minute.")}
        </Text>
        {fix && fix.moves.length > 0 && (
          <ul className={classes.sentences}>
            {fix.moves.map(({ from, to, unit_names }) => (
              <li key={`${from}-${to}`}>
                {unit_names.join(", ")}: {from ?? "nobody"} → {to}
              </li>
            ))}
          </ul>
        )}
        <Group gap="sm" mt="xs">
          {alignment_id !== null && (
            <Button
              component="a"
              href={`#/map/${alignment_id}${mayPlan ? "?panel=optimizer" : ""}`}
              size="compact-sm"
              variant="default"
            >
              {mayPlan ? "Rebalance" : "Open on the map"}
            </Button>
          )}
          {mails && <Text size="xs">{mails}</Text>}
        </Group>
      </Callout>
    </div>
  );
}
