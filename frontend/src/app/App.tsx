import { lazy, Suspense } from "react";
import { LoadingLines } from "@/ui/LoadingLines";
import { useHashRoute } from "./useHashRoute";

const ImportPage = lazy(() =>
  import("@/features/import/ImportPage").then((module) => ({ default: module.ImportPage })),
);
const ExportsPage = lazy(() =>
  import("@/features/exports/ExportsPage").then((module) => ({ default: module.ExportsPage })),
);
const JobsPage = lazy(() =>
  import("@/features/jobs/JobsPage").then((module) => ({ default: module.JobsPage })),
);

export function App() {
  const route = useHashRoute();
  return (
    <Suspense fallback={<LoadingLines label="Opening the page" />}>
      {route === "import" && <ImportPage />}
      {route === "exports" && <ExportsPage />}
      {route === "jobs" && <JobsPage />}
      {route === "map" && <h1>Map</h1>}
    </Suspense>
  );
}
