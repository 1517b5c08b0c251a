import { Button } from "@mantine/core";
import { problemSentences } from "@/api/problem";
import { useReview, useReviews } from "@/api/reviews";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { Section } from "@/ui/Section";
import { ReviewCard } from "./ReviewCard";

interface ReviewListProps {
  teamId: number;
  markedId: number | null;
  mayPlan: boolean;
}

/** The newest first; one that was asked for and is older stands above them. */
export function ReviewList({ teamId, markedId, mayPlan }: ReviewListProps) {
  const reviews = useReviews(teamId);
  const marked = useReview(markedId);
  const listed = reviews.data?.pages.flatMap(({ results }) => results) ?? [];
  const isAway =
    marked.data?.team_id === teamId && reviews.data && !listed.some(({ id }) => id === markedId);
  const shown = isAway && marked.data ? [marked.data, ...listed] : listed;
  return (
    <Section
      title="Last reviews"
      purpose="What moved since the review before, and what has to be told."
    >
      {reviews.isPending && <LoadingLines label="Loading the reviews" lines={5} />}
      {(reviews.isError || marked.isError) && (
        <ErrorNotice
          title={reviews.isError ? "The reviews did not load" : "This review is not to be found"}
          sentences={problemSentences(reviews.error ?? marked.error)}
          onRetry={() => void reviews.refetch()}
        />
      )}
      {reviews.data && shown.length === 0 && (
        <EmptyState title="No review was held yet">
          {mayPlan
            ? "Hold one now, or schedule them: the second one tells what drifted since the first."
            : "Managers hold them. The second one tells what drifted since the first."}
        </EmptyState>
      )}
      <div>
        {shown.map((review) => (
          <ReviewCard
            key={review.id}
            review={review}
            isMarked={review.id === markedId}
            mayPlan={mayPlan}
          />
        ))}
      </div>
      {reviews.hasNextPage && (
        <div>
          <Button
            variant="default"
            onClick={() => void reviews.fetchNextPage()}
            loading={reviews.isFetchingNextPage}
          >
            Show earlier reviews
          </Button>
        </div>
      )}
    </Section>
  );
}
