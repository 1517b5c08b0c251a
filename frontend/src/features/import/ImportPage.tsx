import { Stack } from "@mantine/core";
import { problemSentences } from "@/api/problem";
import { useSession } from "@/api/workspace";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { WorkPage } from "@/ui/WorkPage";
import { ImportHistory } from "./ImportHistory";
import { ImportWizard } from "./ImportWizard";
import { UploadPanel } from "./UploadPanel";
import { useImportRoute } from "./useImportRoute";

export function ImportPage() {
  return (
    <WorkPage
      title="Import"
      purpose="Bring in accounts or reps from a spreadsheet. You see what each column becomes and every problem before anything is written."
    >
      <ImportContent />
    </WorkPage>
  );
}

function ImportContent() {
  const session = useSession();
  const importId = useImportRoute();
  if (session.isPending) return <LoadingLines label="Loading the import page" />;
  if (session.isError) {
    return (
      <ErrorNotice
        title="The page could not be loaded"
        sentences={problemSentences(session.error)}
        onRetry={() => session.refetch()}
      />
    );
  }
  if (!["admin", "manager", "ops"].includes(session.data.member.role)) {
    return (
      <EmptyState title="Importing is not part of your role">
        Admins, managers and operations may import. Ask one of them, or ask an admin to change your
        role.
      </EmptyState>
    );
  }
  if (importId !== null) return <ImportWizard key={importId} importId={importId} />;
  return (
    <Stack gap="xl">
      <UploadPanel />
      <ImportHistory />
    </Stack>
  );
}
