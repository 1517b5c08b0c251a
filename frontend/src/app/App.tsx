import { Button } from "@mantine/core";
import { lazy, Suspense } from "react";
import { isSignedOut } from "@/api/http";
import { problemSentences } from "@/api/problem";
import { useSession } from "@/api/workspace";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import classes from "./App.module.css";
import { DeskPage } from "./desk/DeskPage";
import { TopBar } from "./TopBar";
import { useHashRoute } from "./useHashRoute";

const AnswersPage = lazy(() =>
  import("@/features/answers/AnswersPage").then((module) => ({ default: module.AnswersPage })),
);
const ReviewsPage = lazy(() =>
  import("@/features/reviews/ReviewsPage").then((module) => ({ default: module.ReviewsPage })),
);
const ImportPage = lazy(() =>
  import("@/features/import/ImportPage").then((module) => ({ default: module.ImportPage })),
);
const UnitLayersPage = lazy(() =>
  import("@/features/units/UnitLayersPage").then((module) => ({ default: module.UnitLayersPage })),
);
const ExportsPage = lazy(() =>
  import("@/features/exports/ExportsPage").then((module) => ({ default: module.ExportsPage })),
);
const ReportsPage = lazy(() =>
  import("@/features/reports/ReportsPage").then((module) => ({ default: module.ReportsPage })),
);
const JobsPage = lazy(() =>
  import("@/features/jobs/JobsPage").then((module) => ({ default: module.JobsPage })),
);
const ConnectionsPage = lazy(() =>
  import("@/features/connections/ConnectionsPage").then((module) => ({
    default: module.ConnectionsPage,
  })),
);

export function App() {
  const { page, id } = useHashRoute();
  const session = useSession();
  if (session.isPending) return <LoadingLines label="Opening the workspace" />;
  if (session.isError) {
    return (
      <main className={classes.alone}>
        <h1 className="visually-hidden">Territories</h1>
        <ErrorNotice
          title={isSignedOut(session.error) ? "You are signed out" : "The workspace did not open"}
          sentences={problemSentences(session.error)}
          onRetry={() => void session.refetch()}
        >
          {isSignedOut(session.error) && (
            <Button component="a" href="/auth/login/" size="compact-sm">
              Sign in
            </Button>
          )}
        </ErrorNotice>
      </main>
    );
  }
  return (
    <div className={classes.app}>
      <TopBar session={session.data} page={page} />
      {page === "map" ? (
        <DeskPage session={session.data} alignmentId={id} />
      ) : (
        <main className={classes.page}>
          <Suspense fallback={<LoadingLines label="Opening the page" />}>
            {page === "answers" && <AnswersPage session={session.data} alignmentId={id} />}
            {page === "reviews" && <ReviewsPage session={session.data} reviewId={id} />}
            {page === "import" && <ImportPage />}
            {page === "units" && <UnitLayersPage />}
            {page === "exports" && <ExportsPage />}
            {page === "reports" && <ReportsPage session={session.data} />}
            {page === "jobs" && <JobsPage />}
            {page === "connections" && <ConnectionsPage />}
          </Suspense>
        </main>
      )}
    </div>
  );
}
