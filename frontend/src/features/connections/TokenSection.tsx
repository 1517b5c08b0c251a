import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useApiTokens } from "@/api/connections";
import { problemSentences } from "@/api/problem";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import { Section } from "@/ui/Section";
import { NewTokenDialog } from "./NewTokenDialog";
import { TokenTable } from "./TokenTable";

interface TokenSectionProps {
  memberId: number;
  /** Sees everybody's. */
  isAdmin: boolean;
}

export function TokenSection({ memberId, isAdmin }: TokenSectionProps) {
  const [isMaking, setMaking] = useState(false);
  return (
    <Section
      title="API tokens"
      purpose="A token lets a program use the API in your name: what you may do, as far as its scopes go."
      action={
        <Button
          leftSection={<IconPlus size={18} aria-hidden />}
          onClick={() => setMaking(true)}
          aria-haspopup="dialog"
        >
          New token
        </Button>
      }
    >
      <Tokens memberId={memberId} isAdmin={isAdmin} />
      <NewTokenDialog isOpen={isMaking} onClose={() => setMaking(false)} />
    </Section>
  );
}

function Tokens({ memberId, isAdmin }: TokenSectionProps) {
  const tokens = useApiTokens();
  if (tokens.isPending) return <LoadingLines label="Loading the API tokens" lines={3} />;
  if (tokens.isError) {
    return (
      <ErrorNotice
        title="The API tokens could not be loaded"
        sentences={problemSentences(tokens.error)}
        onRetry={tokens.refetch}
      />
    );
  }
  if (tokens.data.length === 0) {
    return (
      <EmptyState title="No API tokens yet">
        Make one for each program, with no more scopes than it needs: then it can be revoked alone.
      </EmptyState>
    );
  }
  return <TokenTable tokens={tokens.data} memberId={memberId} isAdmin={isAdmin} />;
}
