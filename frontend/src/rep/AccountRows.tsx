import { IconNavigation, IconPhone } from "@tabler/icons-react";
import { memo, useEffect, useRef, useState } from "react";
import { formatMoney, formatNumber } from "@/domain/format";
import type { ListedAccount, Place } from "./accountList";
import { callLink, navigateLink } from "./links";

const STEP = 40;

interface AccountRowsProps {
  listed: ListedAccount[];
  currency: string;
  position: Place | null;
  onOpen: (id: number) => void;
}

/** Rows are made as the list is scrolled: a book of thousands opens as fast as one of ten. */
export function AccountRows({ listed, currency, position, onOpen }: AccountRowsProps) {
  const [n, setN] = useState(STEP);
  const end = useRef<HTMLLIElement>(null);
  const hasMore = n < listed.length;

  // biome-ignore lint/correctness/useExhaustiveDependencies: looks again after each growth
  useEffect(() => {
    if (!end.current) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) setN((before) => before + STEP);
      },
      { rootMargin: "600px" },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [n, hasMore]);

  return (
    <ul className="rows">
      {listed.slice(0, n).map((item) => (
        <AccountRow
          key={item.account.id}
          item={item}
          currency={currency}
          position={position}
          onOpen={onOpen}
        />
      ))}
      {hasMore && <li ref={end} className="rows-end" aria-hidden />}
    </ul>
  );
}

interface AccountRowProps extends Omit<AccountRowsProps, "listed"> {
  item: ListedAccount;
}

const AccountRow = memo(function AccountRow({ item, currency, position, onOpen }: AccountRowProps) {
  const { account } = item;
  const call = callLink(account);
  const navigate = navigateLink(account, { userAgent: navigator.userAgent, position });
  return (
    <li className="row">
      <button type="button" className="row-words" onClick={() => onOpen(account.id)}>
        <span className="row-name">{account.name}</span>
        <span className="soft">{factsOf(item, currency)}</span>
      </button>
      {call && (
        <a className="round" href={call} aria-label={`Call ${account.name}`}>
          <IconPhone size={20} aria-hidden />
        </a>
      )}
      {navigate && (
        <a
          className="round"
          href={navigate}
          target="_blank"
          rel="noreferrer"
          aria-label={`Navigate to ${account.name}`}
        >
          <IconNavigation size={20} aria-hidden />
        </a>
      )}
    </li>
  );
});

function factsOf({ account, distanceKm }: ListedAccount, currency: string): string {
  return [
    account.city,
    distanceKm === null ? "not on the map" : distanceWords(distanceKm),
    account.revenue_minor === null ? "" : formatMoney(account.revenue_minor, currency),
  ]
    .filter(Boolean)
    .join(" · ");
}

export function distanceWords(km: number): string {
  return `${formatNumber(km, km < 10 ? 1 : 0)} km`;
}
