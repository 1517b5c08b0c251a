import { Button, Stack } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { fetchJobs, isFinal } from "@/api/jobs";
import { problemSentences } from "@/api/problem";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { WorkPage } from "@/ui/WorkPage";
import { JobTable } from "./JobTable";

const ACTIVE_MS = 1500;
const QUIET_MS = 15_000;

export function JobsPage() {
  return (
    <WorkPage
      title="Jobs"
      purpose="Imports, unit layers, optimizer runs, reports, drives and pushes that work in the background. They go on when you close the page."
    >
      <JobsContent />
    </WorkPage>
  );
}

function JobsContent() {
  const jobs = useInfiniteQuery({
    queryKey: ["jobs"],
    queryFn: ({ pageParam }) => fetchJobs(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: ({ state }) => {
      const isActive = state.data?.pages.some(({ results }) =>
        results.some((job) => !isFinal(job)),
      );
      return isActive ? ACTIVE_MS : QUIET_MS;
    },
  });
  if (jobs.isPending) return <LoadingLines label="Loading the jobs" lines={6} />;
  if (jobs.isError) {
    return (
      <ErrorNotice
        title="The jobs could not be loaded"
        sentences={problemSentences(jobs.error)}
        onRetry={() => jobs.refetch()}
      />
    );
  }
  const all = jobs.data.pages.flatMap((page) => page.results);
  if (all.length === 0) {
    return (
      <EmptyState title="No jobs yet">
        Import a file or let the optimizer rebalance an alignment; its progress is shown here.
      </EmptyState>
    );
  }
  return (
    <Stack>
      <JobTable jobs={all} onChanged={() => jobs.refetch()} />
      {jobs.hasNextPage && (
        <Button
          variant="default"
          onClick={() => jobs.fetchNextPage()}
          loading={jobs.isFetchingNextPage}
        >
          Show older jobs
        </Button>
      )}
    </Stack>
  );
}
