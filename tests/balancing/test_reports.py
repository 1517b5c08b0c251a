"""Reports: asked for, laid out by a job, kept as a file, and readable by whoever opens them."""

import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from django.conf import settings
from rest_framework.test import APIClient

from balancing.models import Report
from balancing.reports.drawing import Area, Projection, bar_svg, line_svg, map_svg
from balancing.reports.rendering import to_pdf
from balancing.reports.words import short_money, signed
from territory.models import Territory
from tests.balancing.grid import Land
from tests.cast import Cast
from workspace.jobs import JobCancelled, kind_of
from workspace.lease import claim
from workspace.models import Member
from workspace.services.jobs import cancel_job
from workspace.tenancy import workspace

ClientOf = Callable[[Member], APIClient]
MakeLand = Callable[..., Land]
HALVES = (("West", [0]), ("East", [1]))


@pytest.fixture
def made(land: MakeLand) -> Land:
    """East has twice the accounts that West has."""
    return land(1, 2, territories=HALVES, accounts=[4, 8], capacity_h=100)


def ask(client: APIClient, made: Land, **values: str) -> dict[str, Any]:
    body = {"alignment_id": made.alignment.pk, "kind": "leadership", "format": "html"}
    response = client.post("/api/v1/reports", body | values)
    assert response.status_code == 202, response.json()
    return response.json()


def work(made: Land, report: dict[str, Any]) -> None:
    lease = claim(workspace_id=made.company.workspace.id, job_id=report["job"]["id"])
    assert lease is not None
    kind_of(lease.job.kind).handler(lease)


def document(client: APIClient, made: Land, **values: str) -> bytes:
    report = ask(client, made, **values)
    work(made, report)
    response = client.get(f"/api/v1/reports/{report['id']}/file")
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    return b"".join(response.streaming_content)


def test_leadership_reads_five_answers_and_every_territory(cast: Cast, made: Land, client_of: ClientOf) -> None:
    text = document(client_of(cast.manager), made).decode()
    assert text.count("<dt>") == 5
    assert "Rep East carries too much; Rep West has room." in text
    rows = re.findall(r'<td class="number">(\d)</td><td>(\w+)</td><td>([\w ]+)</td>', text)
    assert rows == [("1", "West", "Rep West"), ("2", "East", "Rep East")]
    assert "+33 %" in text
    assert "−33 %" in text


def test_every_territory_gets_its_page(cast: Cast, made: Land, client_of: ClientOf) -> None:
    text = document(client_of(cast.viewer), made, kind="territories").decode()
    assert re.findall(r"<h1>(\w+)</h1>", text) == ["West", "East"]
    east = text[text.index("<h1>East</h1>") :]
    assert "<strong>East is overloaded.</strong>" in east
    assert east.count("<td>A1-") == 8
    assert east.count("h0") == 8, "a dot for each account"


def test_a_pdf_has_a_page_for_each_territory(cast: Cast, made: Land, client_of: ClientOf) -> None:
    content = document(client_of(cast.ops), made, kind="territories", format="pdf")
    assert content.startswith(b"%PDF-")
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, flags=re.DOTALL)
    inflated = b"".join(zlib.decompressobj().decompress(stream) for stream in streams if stream[:1] == b"\x78")
    assert len(re.findall(rb"/Type ?/Page\b", inflated)) == 2


def test_names_are_text_whatever_they_hold(cast: Cast, made: Land, client_of: ClientOf) -> None:
    with workspace(cast.workspace.id):
        Territory.objects.filter(name="West").update(name="<script>alert(1)</script>")
    for kind in ("leadership", "territories"):
        text = document(client_of(cast.manager), made, kind=kind).decode()
        assert "<script" not in text
        assert "&lt;script&gt;" in text


def test_an_alignment_without_territories_says_so(cast: Cast, land: MakeLand, client_of: ClientOf) -> None:
    empty = land(1, 2, territories=[])
    assert b"no territories" in document(client_of(cast.manager), empty, kind="territories")
    assert b"%PDF" in document(client_of(cast.manager), empty, format="pdf")


def test_there_is_no_file_before_its_job_is_done(cast: Cast, made: Land, client_of: ClientOf) -> None:
    client = client_of(cast.manager)
    report = ask(client, made)
    assert (report["is_ready"], report["job"]["state"]) == (False, "queued")
    assert client.get(f"/api/v1/reports/{report['id']}/file").status_code == 404
    work(made, report)
    after = client.get(f"/api/v1/reports/{report['id']}").json()
    assert (after["is_ready"], after["revision"]) == (True, made.alignment.revision)


def test_the_same_key_asks_once(cast: Cast, made: Land, client_of: ClientOf) -> None:
    client = client_of(cast.manager)
    body = {"alignment_id": made.alignment.pk, "kind": "leadership"}
    first, again = (client.post("/api/v1/reports", body, headers={"Idempotency-Key": "once"}).json() for _ in range(2))
    assert first["id"] == again["id"]
    assert first["format"] == "pdf"


def test_a_cancelled_report_leaves_no_file(cast: Cast, made: Land, client_of: ClientOf) -> None:
    report = ask(client_of(cast.manager), made)
    lease = claim(workspace_id=cast.workspace.id, job_id=report["job"]["id"])
    with workspace(cast.workspace.id):
        cancel_job(lease.job, actor=cast.manager)
    lease._beat()
    with pytest.raises(JobCancelled):
        kind_of(lease.job.kind).handler(lease)
    with workspace(cast.workspace.id):
        assert not Report.objects.get().file


def test_a_deleted_report_takes_its_file_along(
    cast: Cast, made: Land, client_of: ClientOf, django_capture_on_commit_callbacks: Any
) -> None:
    client = client_of(cast.ops)
    document(client, made)
    with workspace(cast.workspace.id):
        report = Report.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.delete(f"/api/v1/reports/{report.pk}").status_code == 204
    assert not report.file.storage.exists(report.file.name)
    assert client.get("/api/v1/reports").json()["results"] == []


def test_a_report_deleted_before_its_turn_ends_in_words(cast: Cast, made: Land, client_of: ClientOf) -> None:
    client = client_of(cast.ops)
    report = ask(client, made)
    client.delete(f"/api/v1/reports/{report['id']}")
    work(made, report)
    assert client.get(f"/api/v1/jobs/{report['job']['id']}").json()["message"] == "The report was deleted"


@pytest.mark.parametrize(
    "values", [{"kind": "novel"}, {"format": "docx"}, {"alignment_id": 0}, {"alignment_id": "x"}, {"kind": None}]
)
def test_what_cannot_be_asked_for_is_refused(cast: Cast, made: Land, client_of: ClientOf, values: Any) -> None:
    body = {"alignment_id": made.alignment.pk, "kind": "leadership"}
    response = client_of(cast.manager).post("/api/v1/reports", body | values)
    assert response.status_code in {400, 404}


def test_nothing_outside_is_fetched() -> None:
    """The picture is a file that exists: fetched, it would make the document larger."""
    picture = Path(settings.BASE_DIR) / "docs" / "images" / "desk.png"
    assert picture.exists()
    told: list[int] = []
    fetched = to_pdf([f'<img src="{picture.as_uri()}"><p>Text</p>'], told=told.append)
    without = to_pdf(["<img><p>Text</p>"], told=told.append)
    assert abs(len(fetched) - len(without)) < 200
    assert told == [1, 1]


def test_a_map_keeps_north_up_and_fits() -> None:
    projection = Projection.fitting((0, 0, 10, 10), 120, 100)
    (left, bottom), (right, top) = projection.places(np.array([[0.0, 0.0], [10.0, 10.0]]))
    assert left < right
    assert top < bottom
    assert left >= 0
    assert right <= 120
    assert top >= 0
    assert bottom <= 100


def test_a_map_shows_areas_dots_and_names() -> None:
    drawn = map_svg([Area(shapely.box(0, 0, 1, 1), "over", "R & D")], dots=np.array([[0.5, 0.5]]))
    assert drawn.count("R &amp; D") == 2, "the name and its halo"
    assert drawn.count("h0") == 1
    assert map_svg([]) == ""


@pytest.mark.parametrize(("deviation", "fill"), [(0.1, "#888888"), (-0.1, "#888888"), (0.11, "#111111")])
def test_a_bar_beyond_the_band_is_dark(deviation: float, fill: str) -> None:
    assert fill in bar_svg(deviation, 0.1)


def test_a_bar_never_leaves_its_drawing_and_none_has_none() -> None:
    assert 'width="58.0"' in bar_svg(9.0, 0.1)
    assert bar_svg(None, 0.1) == ""
    assert line_svg([1.0]) == ""


@pytest.mark.parametrize(
    ("minor", "currency", "words"),
    [(95_000, "USD", "950"), (1_470_000_000, "USD", "14.7M"), (506_700, "JPY", "506.7K"), (0, "EUR", "0")],
)
def test_money_in_little_room(minor: int, currency: str, words: str) -> None:
    assert short_money(minor, currency) == words


@pytest.mark.parametrize(("fraction", "words"), [(0.331, "+33 %"), (-0.05, "−5 %"), (0.001, "0 %"), (None, "–")])
def test_a_deviation_carries_its_sign(fraction: float | None, words: str) -> None:
    assert signed(fraction) == words
