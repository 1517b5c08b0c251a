"""Reviews, what drifted between them, and the alarm with its smallest fix, on lands done by hand.

The land is one row of squares: West has the first ones, East the rest. Every account counts the same.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from rest_framework.test import APIClient

from balancing.models import AlarmMail, Review, ReviewSchedule
from balancing.reviews.fix import fix_of, state_mending
from balancing.reviews.mailing import WAITS, send_due_mails
from balancing.reviews.telling import tell_left_over
from balancing.services.review_schedules import create_schedule, delete_schedule, update_schedule
from balancing.services.reviews import hold_due_reviews, hold_review
from tests.balancing.grid import Land, add_account, assign_accounts
from tests.cast import Cast
from workspace.exceptions import Conflict, Invalid
from workspace.jobs import kind_of
from workspace.lease import claim
from workspace.models import Change, Delivery, EventKind, Member
from workspace.services.webhooks import create_webhook
from workspace.tenancy import workspace

ClientOf = Callable[[Member], APIClient]
MakeLand = Callable[..., Land]
HALVES = (("West", [0, 1, 2, 3]), ("East", [4, 5, 6, 7]))
MONDAY = date(2026, 3, 2)
WEEK = timedelta(days=7)
NOW = datetime(2026, 3, 9, 6, 0, tzinfo=UTC)


@pytest.fixture
def row(land: MakeLand) -> Land:
    """Eight squares with five accounts each: 20 and 20."""
    return land(1, 8, territories=HALVES, accounts=[5] * 8)


def plan(row: Land, actor: Member, **fields: Any) -> ReviewSchedule:
    values = {"name": "Mondays", "every": "weekly", "weekday": 0, "day": None, "thresholds": {"accounts": 0.1}}
    return create_schedule(row.company.team, today=MONDAY, actor=actor, **(values | fields))


def more_in_west(row: Land, count: int, number: int = 3) -> None:
    """So many accounts more in one of West's squares; the last one touches East."""
    for _ in range(count):
        add_account(row, number, revenue_minor=100_00, visits_per_year=12)
    assign_accounts(row, row.alignment)


def due(row: Land, today: date) -> int:
    return hold_due_reviews(row.company.workspace, today=today)


def work_off(row: Land, review: Review) -> None:
    """The alarm's job by its real handler under a real lease."""
    lease = claim(workspace_id=row.company.workspace.pk, job_id=review.job_id)
    assert lease is not None
    kind_of(lease.job.kind).handler(lease)
    review.refresh_from_db()


def drift_of(review: Review, key: str) -> dict[str, Any]:
    assert review.drift is not None
    return next(metric for metric in review.drift["metrics"] if metric["key"] == key)


def test_a_review_keeps_the_figures_and_the_first_one_raises_no_alarm(here: Cast, row: Land) -> None:
    more_in_west(row, 10)
    review = hold_review(here.team, measured_on=MONDAY, actor=here.manager)
    # 30 and 20 beside 25: a fifth too many and a fifth too few; index 100 × (1 − 10 ÷ (2 × 50 × ½)).
    accounts = review.metrics["accounts"]
    assert (accounts["worst"], accounts["balance_index"]) == pytest.approx((0.2, 80.0))
    assert (accounts["n_out_of_band"], accounts["tolerance"], accounts["is_watched"]) == (2, 0.1, True)
    assert [one["deviations"]["accounts"] for one in review.territories] == pytest.approx([0.2, -0.2])
    assert (review.drift, review.alarms, review.job) == (None, [], None)
    assert Change.objects.filter(subject_kind="review", subject_id=review.pk, operation="hold").count() == 1


def test_what_leaves_its_band_raises_an_alarm_once(here: Cast, row: Land) -> None:
    plan(row, here.manager)
    assert due(row, MONDAY) == 1
    more_in_west(row, 10)
    assert due(row, MONDAY + WEEK) == 1
    left = Review.objects.first()
    assert drift_of(left, "accounts")["sentence"] == (
        "Accounts: index 100.0 → 80.0; West (+20 %), East (−20 %) left the band."
    )
    assert [(alarm["name"], alarm["metric"]) for alarm in left.alarms] == [("West", "accounts"), ("East", "accounts")]
    assert left.alarms[0]["sentence"] == "West left the band of accounts: +20 %, +0.0 % before (band ±10 %)."
    assert due(row, MONDAY + 2 * WEEK) == 1
    outside_still = Review.objects.first()
    assert outside_still.alarms == []
    assert drift_of(outside_still, "accounts")["sentence"] == "Accounts: index 80.0, as before."


def test_what_comes_back_is_told_without_an_alarm(here: Cast, row: Land) -> None:
    more_in_west(row, 10)
    hold_review(here.team, measured_on=MONDAY, actor=here.manager)
    for account in row.accounts[-10:]:
        account.delete()
    assign_accounts(row, row.alignment)
    review = hold_review(here.team, measured_on=MONDAY + WEEK, actor=here.manager)
    assert drift_of(review, "accounts")["sentence"] == (
        "Accounts: index 80.0 → 100.0; West (+0.0 %), East (+0.0 %) came back into it."
    )
    assert review.alarms == []


def test_metrics_that_are_not_watched_drift_without_an_alarm(here: Cast, row: Land) -> None:
    plan(row, here.manager, thresholds={"accounts": 0.5})
    due(row, MONDAY)
    more_in_west(row, 10)
    due(row, MONDAY + WEEK)
    review = Review.objects.first()
    assert review.alarms == []
    assert [one["name"] for one in drift_of(review, "revenue")["left"]] == ["West", "East"]


def test_a_balance_index_that_falls_below_its_least_raises_an_alarm_once(here: Cast, row: Land) -> None:
    plan(row, here.manager, thresholds={}, index_min=90.0)
    for week in range(3):
        due(row, MONDAY + week * WEEK)
        if week == 0:
            more_in_west(row, 10)
    first, second, third = Review.objects.order_by("id")
    assert (first.alarms, third.alarms) == ([], [])
    assert [alarm["kind"] for alarm in second.alarms] == ["index"]
    assert second.alarms[0]["sentence"].startswith("The balance index fell from 100.0 to ")


def test_the_same_territory_in_another_plan_is_known_by_its_code(here: Cast, row: Land) -> None:
    hold_review(here.team, measured_on=MONDAY, actor=here.manager)
    for territory in row.territories.values():
        territory.name = f"New {territory.name}"
        territory.save()
    more_in_west(row, 10)
    review = hold_review(here.team, measured_on=MONDAY + WEEK, actor=here.manager)
    assert review.alarms[0]["before"] == pytest.approx(0.0)


def test_a_schedule_is_held_once_a_day_and_missed_days_are_not_made_up_for(here: Cast, row: Land) -> None:
    schedule = plan(row, here.manager)
    assert schedule.next_on == MONDAY
    assert due(row, MONDAY - timedelta(days=1)) == 0
    three_weeks_late = MONDAY + timedelta(days=23)
    assert (due(row, three_weeks_late), due(row, three_weeks_late)) == (1, 0)
    schedule.refresh_from_db()
    assert schedule.next_on == MONDAY + 4 * WEEK
    assert [review.measured_on for review in Review.objects.all()] == [three_weeks_late]


def test_without_a_plan_in_force_a_review_stays_due(here: Cast, row: Land) -> None:
    schedule = plan(row, here.manager)
    row.alignment.state = "draft"
    row.alignment.save()
    assert due(row, MONDAY) == 0
    schedule.refresh_from_db()
    assert schedule.next_on == MONDAY
    with pytest.raises(Conflict, match="no plan in force"):
        hold_review(here.team, measured_on=MONDAY, actor=here.manager)


def test_a_schedule_that_is_off_is_not_held_and_starts_again_from_today(here: Cast, row: Land) -> None:
    schedule = plan(row, here.manager)
    update_schedule(schedule, today=MONDAY, actor=here.manager, is_active=False)
    assert due(row, MONDAY) == 0
    again = update_schedule(schedule, today=MONDAY + timedelta(days=10), actor=here.manager, is_active=True)
    assert again.next_on == MONDAY + 2 * WEEK
    delete_schedule(again, actor=here.manager)
    history = Change.objects.filter(subject_kind="review_schedule").order_by("id")
    assert [change.operation for change in history] == ["create", "update", "update", "delete"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"weekday": None}, "weekday"),
        ({"every": "monthly", "day": None}, "day"),
        ({"thresholds": {"luck": 0.1}}, "thresholds"),
        ({"thresholds": {"accounts": 0.0}}, "thresholds.accounts"),
        ({"thresholds": {}}, "thresholds"),
        ({"recipients": [987_654_321]}, "recipients"),
    ],
)
def test_a_schedule_that_makes_no_sense_is_refused_by_name(
    here: Cast, row: Land, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        plan(row, here.manager, **fields)
    assert [problem.field for problem in refusal.value.errors] == [field]


def test_only_members_of_the_workspace_who_may_read_reviews_are_mailed(here: Cast, row: Land) -> None:
    for stranger in (here.foreign.members["manager"], here.rep):
        with pytest.raises(Invalid, match="recipients"):
            plan(row, here.manager, recipients=[stranger.pk])


def alarmed(row: Land, cast: Cast, *, number: int = 3) -> Review:
    """West leaves its band with eight accounts more in one of its squares."""
    create_webhook(url="https://receiver.example/hook", events=list(EventKind), actor=cast.admin)
    plan(row, cast.manager, recipients=[cast.viewer.pk, cast.ops.pk])
    due(row, MONDAY)
    more_in_west(row, 8, number)
    due(row, MONDAY + WEEK)
    return Review.objects.first()


def test_the_fix_is_the_fewest_moves_that_bring_all_back(here: Cast, land: MakeLand) -> None:
    made = land(1, 8, territories=HALVES, accounts=[9, 9, 9, 3, 7, 8, 8, 7])
    # 38 and 30 beside 34 ± 10 %; with the square of 3 accounts that touches East it is 35 and 33.
    review = alarmed(made, here, number=0)
    work_off(made, review)
    assert review.fix["sentence"] == "1 unit with 3 accounts from West to East brings West, East back into the band."
    assert [(move["from"], move["to"], move["unit_names"]) for move in review.fix["moves"]] == [
        ("West", "East", ["Square 3"])
    ]
    assert (review.fix["n_units"], review.fix["n_accounts"], review.fix["room"]) == (1, 3, [])


def test_travel_is_not_promised_to_come_back(here: Cast, land: MakeLand) -> None:
    made = land(1, 8, territories=HALVES, accounts=[9, 9, 9, 3, 7, 8, 8, 7])
    review = alarmed(made, here, number=0)
    travel = review.alarms[0] | {"metric": "travel"}
    review.alarms = [travel, *review.alarms]
    review.save()
    work_off(made, review)
    assert review.fix["sentence"].endswith("Travel follows from distances: look at it afterwards.")
    review.alarms, review.fix = [travel], None
    assert fix_of(review, state_mending(review), ())["moves"] == []


def test_a_locked_territory_is_told_who_has_room(here: Cast, land: MakeLand) -> None:
    made = land(1, 8, territories=HALVES, accounts=[9, 9, 9, 3, 7, 8, 8, 7])
    made.territories["West"].is_locked = True
    made.territories["West"].save()
    review = alarmed(made, here, number=0)
    work_off(made, review)
    assert (review.fix["moves"], [one["name"] for one in review.fix["room"]]) == ([], ["East"])


def test_where_no_moves_help_the_fix_says_who_has_room(here: Cast, row: Land) -> None:
    # The only square of West that touches East has 13 of its 28 accounts: without it East would have too many.
    review = alarmed(row, here)
    work_off(row, review)
    assert (review.fix["moves"], review.fix["territory_ids"]) == (
        [],
        [row.territories["West"].pk, row.territories["East"].pk],
    )
    assert review.fix["sentence"] == (
        "No short list of moves was found that brings every one of them back. "
        "Room to give or take: East (accounts −17 %)."
    )


def test_drawn_territories_are_told_who_has_room(here: Cast, row: Land) -> None:
    row.alignment.basis = "drawn"
    row.alignment.save()
    review = alarmed(row, here)
    work_off(row, review)
    assert review.fix["sentence"].startswith("Moves are looked for where territories are made of units. Room")


def test_mails_and_webhooks_carry_the_alarm_and_its_fix(here: Cast, row: Land, settings: Any) -> None:
    settings.PUBLIC_URL = "https://maps.example"
    review = alarmed(row, here)
    work_off(row, review)
    [delivery] = Delivery.objects.filter(kind=EventKind.ALARM)
    told = delivery.payload["data"]
    assert (told["review_id"], told["alignment_id"]) == (review.pk, row.alignment.pk)
    assert told["fix"]["sentence"] == review.fix["sentence"]
    assert send_due_mails(here.workspace.pk, now=review.told_at) == 2
    assert sorted(message.to[0] for message in mail.outbox) == ["ops@acme.example", "viewer@acme.example"]
    body = mail.outbox[0].body
    assert review.alarms[0]["sentence"] in body
    assert f"Smallest fix: {review.fix['sentence']}" in body
    assert f"https://maps.example/#/reviews/{review.pk}" in body
    assert send_due_mails(here.workspace.pk, now=review.told_at) == 0


def test_a_mail_server_that_is_away_delays_the_mail_and_fails_nothing(here: Cast, row: Land, settings: Any) -> None:
    review = alarmed(row, here)
    work_off(row, review)
    there, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    now = review.told_at
    assert send_due_mails(here.workspace.pk, now=now) == 0
    waiting = AlarmMail.objects.first()
    assert (waiting.state, waiting.attempts, waiting.next_attempt_at) == ("waiting", 1, now + WAITS[0])
    settings.EMAIL_BACKEND = there
    assert send_due_mails(here.workspace.pk, now=now) == 0
    assert send_due_mails(here.workspace.pk, now=now + WAITS[0]) == 2


def test_a_mail_that_never_gets_through_is_given_up(here: Cast, row: Land, settings: Any) -> None:
    review = alarmed(row, here)
    work_off(row, review)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    now = review.told_at
    for wait in (timedelta(0), *WAITS):
        now += wait
        send_due_mails(here.workspace.pk, now=now)
    assert set(AlarmMail.objects.values_list("state", "attempts")) == {("failed", len(WAITS) + 1)}


def test_an_alarm_whose_job_has_failed_goes_out_without_moves(here: Cast, row: Land) -> None:
    review = alarmed(row, here)
    assert tell_left_over(here.workspace.pk, now=NOW) == 0
    review.job.state = "failed"
    review.job.save()
    assert (tell_left_over(here.workspace.pk, now=NOW), tell_left_over(here.workspace.pk, now=NOW)) == (1, 0)
    review.refresh_from_db()
    assert (review.fix["moves"], AlarmMail.objects.count()) == ([], 2)
    assert "East (accounts −" in review.fix["sentence"]


def test_the_trend_follows_metrics_and_territories_over_the_reviews(cast: Cast, row: Land, client_of: ClientOf) -> None:
    with workspace(cast.workspace.pk):
        hold_review(cast.team, measured_on=MONDAY, actor=cast.manager)
        more_in_west(row, 10)
        hold_review(cast.team, measured_on=MONDAY + WEEK, actor=cast.manager)
    trend = client_of(cast.viewer).get("/api/v1/reviews/trend", {"team": cast.team.pk}).json()
    assert [review["measured_on"] for review in trend["reviews"]] == ["2026-03-02", "2026-03-09"]
    accounts = next(metric for metric in trend["metrics"] if metric["key"] == "accounts")
    assert accounts["balance_index"] == pytest.approx([100.0, 80.0])
    assert accounts["n_out_of_band"] == [0, 2]
    west = next(one for one in trend["territories"] if one["name"] == "West")
    assert west["deviations"]["accounts"] == pytest.approx([0.0, 0.2])


def test_schedules_and_reviews_by_the_api(cast: Cast, row: Land, client_of: ClientOf) -> None:
    client = client_of(cast.manager)
    body = {
        "team_id": cast.team.pk, "name": "Quarterly", "every": "quarterly", "day": 15,
        "thresholds": {"workload": 0.1}, "recipients": [cast.viewer.pk],
    }  # fmt: skip
    made = client.post("/api/v1/review-schedules", body)
    assert made.status_code == 201, made.json()
    assert (made.json()["thresholds"], made.json()["weekday"]) == ({"workload": 0.1}, None)
    changed = client.patch(f"/api/v1/review-schedules/{made.json()['id']}", {"index_min": 90})
    assert (changed.status_code, changed.json()["index_min"]) == (200, 90.0)
    assert client.post("/api/v1/reviews", {"team_id": cast.foreign.team.pk}).status_code == 404
    held = client.post("/api/v1/reviews", {"team_id": cast.team.pk})
    assert held.status_code == 201, held.json()
    listed = client.get("/api/v1/reviews", {"team": cast.team.pk}).json()["results"]
    assert [review["id"] for review in listed] == [held.json()["id"]]
    assert "territories" not in listed[0]
    assert client.delete(f"/api/v1/review-schedules/{made.json()['id']}").status_code == 204
