"""One object of every kind in each of two workspaces, for the walk over all routes."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO

import numpy as np
from django.contrib.gis.geos import LineString, MultiLineString, MultiPolygon, Point, Polygon
from django.core.files.base import ContentFile

from accounts.cells import mercator, morton
from accounts.models import Account, Rep
from accounts.services.imports import create_import
from balancing.models import Report, Run
from balancing.runner.best_plan import BestPlan, publish_best
from balancing.services.review_schedules import create_schedule
from balancing.services.reviews import hold_review
from territory.models import (
    AccountAssignment,
    Alignment,
    Barrier,
    BasicUnit,
    BoundaryFile,
    Push,
    Territory,
    UnitAssignment,
    UnitLayer,
)
from territory.services.connections import create_connection
from tests.cast import Cast, Company, make_cast
from workspace.models import Job, JobState, Role
from workspace.roles import OPERATORS
from workspace.services.api_tokens import create_api_token
from workspace.services.webhooks import create_webhook, send_ping
from workspace.tenancy import workspace

TODAY = date(2026, 3, 2)
RANDOM_ID = 987_654_321
CSV = b"account_id,name\nA1,Alpha\n"
AREAS = b'{"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}'
SETTINGS = {
    "metrics": [{"key": "accounts", "tolerance": 0.05, "is_primary": True}],
    "max_moved_fraction": None,
    "keep_overrides": True,
    "use_homes": False,
    "max_distance_km": None,
    "seed": 1,
    "from": "current",
}


@dataclass(frozen=True)
class World:
    cast: Cast
    own: dict[str, int]
    foreign: dict[str, int]


def make_world() -> World:
    cast = make_cast()
    return World(cast, own=furnish(cast.home), foreign=furnish(cast.foreign))


def furnish(company: Company) -> dict[str, int]:
    """Ids by the resource's name in the path."""
    with workspace(company.workspace.id):
        return _furnish(company)


def _furnish(company: Company) -> dict[str, int]:
    tenant = {"workspace": company.workspace}
    manager, team = company.members["manager"], company.team
    job = Job.objects.create(**tenant, member=manager, kind="import_accounts", queue="imports", state=JobState.DONE)
    rep = Rep.objects.create(**tenant, team=team, member=company.members["rep"], external_id="R1", name="Rita")
    x, y = (int(value[0]) for value in mercator(np.array([-84.5]), np.array([33.5])))
    place = {"cell": int(morton(np.array([x]), np.array([y]))[0]), "mercator_x": x, "mercator_y": y}
    account = Account.objects.create(**tenant, external_id="A1", name="Alpha", location=Point(-84.5, 33.5), **place)
    upload = create_import(file=BytesIO(CSV), filename="a.csv", size=len(CSV), kind="accounts", actor=manager)
    upload.problems_file.save("problems.csv", ContentFile(b"row,line,column,value,problem,bound\n"))
    layer = UnitLayer.objects.create(**tenant, name="Squares", kind="counties", state="ready", n_units=1)
    square = MultiPolygon(Polygon.from_bbox((-85, 33, -84, 34)), srid=4326)
    unit = BasicUnit.objects.create(
        **tenant, layer=layer, code="1", name="One", boundary=square, lon=-84.5, lat=33.5, area_m2=1e10,
        x_min=x - 9, x_max=x + 9, y_min=y - 9, y_max=y + 9, n_accounts=1,
    )  # fmt: skip
    river = MultiLineString(LineString((-84, 33), (-84, 34)), srid=4326)
    barrier = Barrier.objects.create(**tenant, name="River", shape=river)
    areas = BoundaryFile(**tenant, member=manager, filename="areas.geojson")
    areas.file.save("areas", ContentFile(AREAS))
    alignment = Alignment.objects.create(
        **tenant, team=team, unit_layer=layer, name="Today", basis="units", state="live", created_by=manager
    )
    territory = Territory.objects.create(
        **tenant, alignment=alignment, rep=rep, code="T1", name="North", colour="#336699", boundary=square, area_m2=1e10
    )
    UnitAssignment.objects.create(**tenant, alignment=alignment, unit=unit, territory=territory)
    AccountAssignment.objects.create(
        **tenant, alignment=alignment, account=account, territory=territory, source="unit", **place
    )
    at_work = Job.objects.create(**tenant, member=manager, kind="optimize", queue="optimizer", state=JobState.RUNNING)
    run = Run.objects.create(
        **tenant, member=manager, alignment=alignment, base_revision=1, settings=SETTINGS, seed=1, job=at_work
    )
    report = Report(**tenant, member=manager, alignment=alignment, kind="leadership", format="html", job=job)
    report.file.save("report.html", ContentFile(b"<!doctype html>"))
    publish_best(at_work, BestPlan(1, [unit.id], [territory.id], {"accounts": 0.0}, 12.5, None, 0.5))
    schedule = create_schedule(
        team,
        name="Monthly",
        every="monthly",
        weekday=None,
        day=1,
        thresholds={"accounts": 0.1},
        today=TODAY,
        actor=manager,
    )
    review = hold_review(team, measured_on=TODAY, actor=manager)
    webhook, _ = create_webhook(url="https://receiver.example/hook", events=["run.done"], actor=manager)
    ping = send_ping(webhook, actor=manager)
    crm = create_connection(
        kind="rest", name="CRM", base_url="https://crm.example", credentials={"header_value": "Bearer x"},
        settings={}, actor=manager,
    )  # fmt: skip
    push = Push.objects.create(**tenant, connection=crm, alignment=alignment, revision=1, member=manager)
    tokens = {role: create_api_token(name=role, scopes=["read"], actor=company.members[role])[0] for role in OPERATORS}
    return {f"api-tokens of {role}": token.id for role, token in tokens.items()} | {
        "api-tokens": tokens[Role.MANAGER].id, "webhooks": webhook.id, "webhook-deliveries": ping.id,
        "jobs": job.id, "members": company.members["ops"].id, "teams": team.id, "reps": rep.id, "accounts": account.id,
        "imports": upload.id, "unit-layers": layer.id, "alignments": alignment.id, "territories": territory.id,
        "runs": run.id, "reports": report.id, "barriers": barrier.id, "boundary-files": areas.id,
        "review-schedules": schedule.id, "reviews": review.id,
        "connections": crm.id, "pushes": push.id,
    }  # fmt: skip
