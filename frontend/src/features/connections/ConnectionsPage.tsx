import { Stack } from "@mantine/core";
import { problemSentences } from "@/api/problem";
import { useSession } from "@/api/workspace";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { WorkPage } from "@/ui/WorkPage";
import { CrmSection } from "./CrmSection";
import { TokenSection } from "./TokenSection";
import { WebhookSection } from "./WebhookSection";

export function ConnectionsPage() {
  return (
    <WorkPage
      title="Connections"
      purpose="Programs that work with this workspace, and systems that are told when something happens in it."
    >
      <ConnectionsContent />
    </WorkPage>
  );
}

function ConnectionsContent() {
  const session = useSession();
  if (session.isPending) return <LoadingLines label="Loading the connections" lines={6} />;
  if (session.isError) {
    return (
      <ErrorNotice
        title="The connections could not be loaded"
        sentences={problemSentences(session.error)}
        onRetry={session.refetch}
      />
    );
  }
  const { id, role } = session.data.member;
  if (!["admin", "manager", "ops"].includes(role)) {
    return (
      <EmptyState title="Connections are not part of your role">
        Admins, managers and operations may connect programs. Ask one of them.
      </EmptyState>
    );
  }
  return (
    <Stack gap="xl">
      <TokenSection memberId={id} isAdmin={role === "admin"} />
      <WebhookSection isAdmin={role === "admin"} />
      <CrmSection isAdmin={role === "admin"} />
    </Stack>
  );
}
