import { IconLocation, IconPhone } from "@tabler/icons-react";
import { memo, useEffect, useRef, useState } from "react";
import { formatMoney, formatNumber } from "@/domain/format";
import { type ListedAccount, type Place, placeOf } from "./accountList";
import { callLink, navigateLink } from "./links";

const STEP = 40;

interface AccountRowsProps {
  listed: ListedAccount[];
  currency: string;
  position: Place | null;
  /** Distances are only shown where it is clear what they are measured from. */
  withDistance: boolean;
  onOpen: (id: number) => void;
}

/** Rows are made as the list is scrolled: a book of thousands opens as fast as one of ten. */
export function AccountRows({ listed, ...rest }: AccountRowsProps) {
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
        <AccountRow key={item.account.id} item={item} {...rest} />
      ))}
      {hasMore && <li ref={end} className="rows-end" aria-hidden />}
    </ul>
  );
}

interface AccountRowProps extends Omit<AccountRowsProps, "listed"> {
  item: ListedAccount;
}

const AccountRow = memo(function AccountRow(props: AccountRowProps) {
  const { item, position, onOpen } = props;
  const { account } = item;
  const call = callLink(account);
  const navigate = navigateLink(account, { userAgent: navigator.userAgent, position });
  return (
    <li className="row">
      <button type="button" className="row-words" onClick={() => onOpen(account.id)}>
        <span className="row-name">{account.name}</span>
        <span className="soft">{factsOf(props)}</span>
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
          <IconLocation size={20} aria-hidden />
        </a>
      )}
    </li>
  );
});

function factsOf({ item, currency, withDistance }: AccountRowProps): string {
  const { account, distanceKm } = item;
  const isOnMap = placeOf(account) !== null;
  return [
    account.city,
    withDistance && distanceKm !== null && distanceWords(distanceKm),
    account.revenue_minor !== null && formatMoney(account.revenue_minor, currency),
    !isOnMap && "not on the map",
  ]
    .filter(Boolean)
    .join(" · ");
}

export function distanceWords(km: number): string {
  return `${formatNumber(km, km < 10 ? 1 : 0)} km`;
}
