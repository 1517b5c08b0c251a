import { IconLocation, IconMapPin, IconPhone } from "@tabler/icons-react";
import type { Account } from "@/api/types";
import { formatMoney, formatNumber } from "@/domain/format";
import { distanceWords } from "./AccountRows";
import { type Place, placeOf } from "./accountList";
import { addressLines, callLink, navigateLink } from "./links";
import { Sheet } from "./Sheet";

interface AccountSheetProps {
  account: Account;
  distanceKm: number | null;
  currency: string;
  position: Place | null;
  onShowOnMap: () => void;
  onClose: () => void;
}

export function AccountSheet(props: AccountSheetProps) {
  const { account, distanceKm, currency, position, onShowOnMap, onClose } = props;
  const address = addressLines(account);
  const from = position ? "from you" : "from the middle of your territory";
  return (
    <Sheet title={account.name} onClose={onClose}>
      <address>
        {address.length > 0 ? address.map((line) => <div key={line}>{line}</div>) : "No address"}
      </address>
      <p className="soft">
        {distanceKm === null
          ? "Not on the map: no coordinates known"
          : `${distanceWords(distanceKm)} ${from}`}
      </p>
      <Actions account={account} position={position} onShowOnMap={onShowOnMap} />
      <dl className="facts">
        {factsOf(account, currency).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}

type ActionsProps = Pick<AccountSheetProps, "account" | "position" | "onShowOnMap">;

function Actions({ account, position, onShowOnMap }: ActionsProps) {
  const call = callLink(account);
  const navigate = navigateLink(account, { userAgent: navigator.userAgent, position });
  return (
    <div className="actions">
      {call ? (
        <a className="button" href={call}>
          <IconPhone size={20} aria-hidden />
          Call {account.phone}
        </a>
      ) : (
        <p className="soft">No phone number known</p>
      )}
      {navigate && (
        <a className="button" href={navigate} target="_blank" rel="noreferrer">
          <IconLocation size={20} aria-hidden />
          Navigate
        </a>
      )}
      {placeOf(account) && (
        <button type="button" className="button quiet" onClick={onShowOnMap}>
          <IconMapPin size={20} aria-hidden />
          Show on map
        </button>
      )}
    </div>
  );
}

function factsOf(account: Account, currency: string): [string, string][] {
  const { revenue_minor, potential_minor, pipeline_minor, visits_per_year } = account;
  const facts: [string, string | null][] = [
    ["Revenue a year", revenue_minor === null ? null : formatMoney(revenue_minor, currency)],
    ["Potential", potential_minor === null ? null : formatMoney(potential_minor, currency)],
    ["Pipeline", pipeline_minor === null ? null : formatMoney(pipeline_minor, currency)],
    ["Visits a year", visits_per_year === null ? null : formatNumber(visits_per_year)],
    [
      "Minutes a visit",
      account.service_min_per_visit === null
        ? null
        : formatNumber(account.service_min_per_visit, 0),
    ],
    ["Hours a year", account.workload_h === null ? null : formatNumber(account.workload_h)],
    ["Segment", account.segment || null],
    ["Territory", account.territory?.name ?? null],
    ["Id", account.external_id],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== null);
}
