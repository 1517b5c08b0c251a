"""What every connector must do, whatever its CRM: subclass, and give a fixture `crm` that yields its fake."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from territory.connectors.protocol import (
    Assignment,
    CannotTalk,
    Connector,
    Credentials,
    Opening,
    Outcome,
    Result,
    SignInExpired,
)
from tests.connectors.fake import FakeCrm, Reply
from workspace.outgoing import Limits

QUICK = Limits(connect_s=2, read_s=0.2, whole_s=2, body_bytes=16 * 1024 * 1024)
Open = Callable[[FakeCrm], Connector]


class ConnectorContract:
    waits: list[float]

    @pytest.fixture(autouse=True)
    def private_addresses(self, settings: Any) -> None:
        settings.OUTGOING_ALLOW_PRIVATE = True

    @pytest.fixture
    def opened(self, crm: FakeCrm) -> Connector:
        self.waits = []
        self.credentials = Credentials(dict(crm.credentials))
        opening = Opening(crm.url, crm.settings, self.credentials, self.waits.append, QUICK)
        return crm.kind.open(opening)

    def assignments(self, crm: FakeCrm, ids: Iterable[str] | None = None) -> list[Assignment]:
        return [Assignment(key, crm.owners[1], crm.territories[0]) for key in ids or list(crm.accounts)[:3]]

    def push(self, opened: Connector, assignments: Iterable[Assignment]) -> list[Outcome]:
        return list(opened.push(assignments))

    def test_the_check_says_who_is_signed_in(self, crm: FakeCrm, opened: Connector) -> None:
        assert opened.check()

    def test_what_is_pushed_is_there_and_nothing_else_is_touched(self, crm: FakeCrm, opened: Connector) -> None:
        before = crm.state()
        outcomes = self.push(opened, self.assignments(crm))
        pushed = list(crm.accounts)[:3]
        assert sorted(outcomes, key=lambda each: each.external_id) == [Outcome(key, Result.OK) for key in pushed]
        wanted = dict.fromkeys(pushed, (crm.owners[1], crm.territories[0]))
        assert crm.state() == before | wanted

    def test_pushing_twice_changes_nothing_more(self, crm: FakeCrm, opened: Connector) -> None:
        self.push(opened, self.assignments(crm))
        once = crm.state()
        again = self.push(opened, self.assignments(crm))
        assert {each.result for each in again} == {Result.OK}
        assert crm.state() == once

    def test_an_owner_alone_leaves_the_territory_and_the_other_way_round(self, crm: FakeCrm, opened: Connector) -> None:
        key = next(iter(crm.accounts))
        self.push(opened, [Assignment(key, crm.owners[1])])
        assert crm.state()[key] == (crm.owners[1], "")
        self.push(opened, [Assignment(key, "", crm.territories[1])])
        assert crm.state()[key] == (crm.owners[1], crm.territories[1])

    def test_an_account_moves_from_one_territory_to_another(self, crm: FakeCrm, opened: Connector) -> None:
        key = next(iter(crm.accounts))
        first, second = crm.territories
        self.push(opened, [Assignment(key, "", first)])
        self.push(opened, [Assignment(key, "", second, leaves=(first,))])
        assert crm.state()[key][1] == second

    def test_an_account_that_is_not_there_is_refused_in_the_crms_words_and_the_others_pass(
        self, crm: FakeCrm, opened: Connector
    ) -> None:
        good = list(crm.accounts)[:2]
        missing = crm.account_id(9_999)
        outcomes = {
            each.external_id: each for each in self.push(opened, self.assignments(crm, [good[0], missing, good[1]]))
        }
        assert [outcomes[key].result for key in good] == [Result.OK, Result.OK]
        assert outcomes[missing].result == Result.REFUSED
        assert outcomes[missing].words

    def test_many_go_in_batches(self, crm: FakeCrm, opened: Connector) -> None:
        crm.accounts = {crm.account_id(n): type(next(iter(crm.accounts.values())))() for n in range(450)}
        outcomes = self.push(opened, self.assignments(crm, list(crm.accounts)))
        assert len(outcomes) == 450
        assert {each.result for each in outcomes} == {Result.OK}
        # A handful of calls per batch at most.
        assert len(crm.got) <= 4 * (450 // crm.batch_size + 1) + 2

    def test_a_limit_is_waited_for_as_long_as_the_crm_asks(self, crm: FakeCrm, opened: Connector) -> None:
        crm.interrupt(crm.busy("7"))
        assert {each.result for each in self.push(opened, self.assignments(crm))} == {Result.OK}
        assert max(self.waits) >= 7

    def test_a_limit_that_stays_leaves_the_rest_for_later(self, crm: FakeCrm, opened: Connector) -> None:
        before = crm.state()
        crm.interrupt(*[crm.busy("1")] * 100)
        outcomes = self.push(opened, self.assignments(crm))
        assert [each.result for each in outcomes] == [Result.LATER] * 3
        assert all(each.words for each in outcomes)
        assert crm.state() == before
        assert len(crm.got) < 10

    def test_a_call_that_hangs_is_made_again(self, crm: FakeCrm, opened: Connector) -> None:
        crm.interrupt("hang")
        assert {each.result for each in self.push(opened, self.assignments(crm))} == {Result.OK}

    def test_a_crash_there_is_for_later(self, crm: FakeCrm, opened: Connector) -> None:
        crm.interrupt(*[Reply(503, b"<html>", content_type="text/html")] * 100)
        assert {each.result for each in self.push(opened, self.assignments(crm))} == {Result.LATER}

    def test_a_token_that_expired_is_renewed_once_or_asked_for(self, crm: FakeCrm, opened: Connector) -> None:
        crm.interrupt(crm.unauthorized())
        if crm.can_renew:
            assert {each.result for each in self.push(opened, self.assignments(crm))} == {Result.OK}
        else:
            with pytest.raises(SignInExpired):
                self.push(opened, self.assignments(crm))

    def test_a_sign_in_that_was_taken_away_is_told_without_its_secrets(self, crm: FakeCrm, opened: Connector) -> None:
        crm.is_revoked = True
        for attempt in (opened.check, lambda: self.push(opened, self.assignments(crm))):
            with pytest.raises(SignInExpired) as told:
                attempt()
            assert not [secret for secret in crm.secrets if secret in str(told.value)]
        assert not [secret for secret in crm.secrets if secret in repr(self.credentials)]

    def test_an_answer_that_makes_no_sense_is_told(self, crm: FakeCrm, opened: Connector) -> None:
        crm.interrupt(*[Reply(404, b"<html>not here</html>", content_type="text/html")] * 10)
        with pytest.raises(CannotTalk):
            opened.check()

    def test_what_accounts_have_is_read_and_who_is_missing_is_not_there(self, crm: FakeCrm, opened: Connector) -> None:
        ids = list(crm.accounts)
        self.push(opened, [Assignment(ids[0], crm.owners[1], crm.territories[0])])
        held = opened.pull_held([*ids[:2], crm.account_id(9_999)], frozenset(crm.territories))
        if not crm.can_read:
            assert held is None
            return
        assert held is not None
        assert set(held) == set(ids[:2])
        assert (held[ids[0]].owner_id, held[ids[0]].territory_ids) == (crm.owners[1], (crm.territories[0],))
        assert (held[ids[1]].owner_id, held[ids[1]].territory_ids) == (crm.owners[0], ())

    def test_owners_and_territories_are_found_where_the_crm_tells(self, crm: FakeCrm, opened: Connector) -> None:
        owners, territories = opened.pull_owners(), opened.pull_territories()
        assert owners is None or {each.id for each in owners} >= set(crm.owners)
        assert territories is None or {each.id for each in territories} >= set(crm.territories)
