import { Button, Group, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useAccounts } from "@/api/accounts";
import { problemSentences } from "@/api/problem";
import type { Territory } from "@/api/types";
import { formatMoney, formatNumber } from "@/domain/format";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { LoadingLines } from "@/ui/LoadingLines";
import classes from "./InspectorPanel.module.css";

const ORDERS = [
  { value: "-revenue_minor", label: "Most revenue" },
  { value: "-potential_minor", label: "Most potential" },
  { value: "name", label: "By name" },
];

interface AccountsTableProps {
  alignmentId: number;
  territory: Territory;
  currency: string;
  onAccount: (accountId: number) => void;
}

export function AccountsTable({ alignmentId, territory, currency, onAccount }: AccountsTableProps) {
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text, 250);
  const [ordering, setOrdering] = useState("-revenue_minor");
  const accounts = useAccounts({
    alignment: alignmentId,
    territory: territory.id,
    search,
    ordering,
  });
  const rows = accounts.data?.pages.flatMap(({ results }) => results) ?? [];
  return (
    <>
      <Group gap="xs" wrap="nowrap">
        <TextInput
          size="xs"
          flex={1}
          placeholder="Search name or city"
          aria-label={`Search accounts of ${territory.name}`}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          aria-label="Order of the accounts"
          data={ORDERS}
          value={ordering}
          onChange={(event) => setOrdering(event.currentTarget.value)}
        />
      </Group>
      {accounts.isPending && <LoadingLines label="Loading accounts" />}
      {accounts.isError && (
        <ErrorNotice
          title="The accounts did not load"
          sentences={problemSentences(accounts.error)}
          onRetry={() => void accounts.refetch()}
        />
      )}
      {accounts.isSuccess && rows.length === 0 && (
        <EmptyState title={search ? "No account matches" : "No account here"}>
          {search
            ? "Try a part of the name or another city."
            : "Paint units or lasso accounts into this territory."}
        </EmptyState>
      )}
      {rows.map((account) => (
        <button
          key={account.id}
          type="button"
          className={classes.account}
          onClick={() => onAccount(account.id)}
        >
          <span className={classes.accountLine}>
            <span>{account.name}</span>
            <span>{formatMoney(account.revenue_minor, currency)}</span>
          </span>
          <span className={`${classes.accountLine} ${classes.note}`}>
            <span>
              {[account.city, account.segment].filter(Boolean).join(" · ") || account.external_id}
            </span>
            <span>{formatNumber(account.workload_h)} h a year</span>
          </span>
        </button>
      ))}
      {accounts.hasNextPage && (
        <Button
          fullWidth
          mt="xs"
          size="compact-sm"
          variant="default"
          loading={accounts.isFetchingNextPage}
          onClick={() => void accounts.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </>
  );
}
