"""Fifty editors who save twenty times each on one scenario at the same time: nothing that was saved is lost."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tests.e2e.crowd import Person
from tests.e2e.desk import PASSWORD
from tests.e2e.system import System

N_EDITORS = 50
N_SAVES = 20
# Requests under way at once: with more, nearly all of them are refusals, and the machine does little else.
IN_FLIGHT = threading.Semaphore(6)
EMAILS = ("manager@demo.example", "admin@demo.example")


def test_no_save_is_lost_among_fifty_editors(system: System) -> None:
    sessions = [Person(system.url).sign_in(email, PASSWORD).cookies for email in EMAILS]
    people = [Person(system.url, dict(sessions[i % 2])) for i in range(N_EDITORS)]
    alignment_id = blank_scenario(people[0])
    territory_ids = [add_territory(people[0], alignment_id, f"Territory {i}") for i in range(N_EDITORS)]
    start = people[0].get(f"alignments/{alignment_id}")["revision"]

    editors = [editor(person, alignment_id, i, territory_ids[i]) for i, person in enumerate(people)]
    with ThreadPoolExecutor(N_EDITORS) as pool:
        saved = [revision for revisions in pool.map(lambda edit: edit(), editors) for revision in revisions]

    assert sorted(saved) == list(range(start + 1, start + 1 + N_EDITORS * N_SAVES))
    named = {t["id"]: t["name"] for t in people[0].get(f"territories?alignment={alignment_id}")}
    assert named == {pk: f"Editor {i}, save {N_SAVES - 1}" for i, pk in enumerate(territory_ids)}
    changes = history(people[0], alignment_id, start)
    assert [change["revision_after"] for change in changes] == sorted(saved, reverse=True)


def blank_scenario(person: Person) -> int:
    [live, *_] = [a for a in person.get("alignments") if a["state"] == "live" and a["basis"] == "units"]
    body = {"name": "Crowded", "team_id": live["team_id"], "basis": "units", "source": "blank"}
    status, made = person.post("alignments", body | {"unit_layer_id": live["unit_layer_id"]})
    assert status == 201, made
    return int(made["id"])


def add_territory(person: Person, alignment_id: int, name: str) -> int:
    revision = person.get(f"alignments/{alignment_id}")["revision"]
    status, edited = person.post(
        f"alignments/{alignment_id}/edits", {"op": "add_territory", "name": name}, revision=revision
    )
    assert status == 200, edited
    return int(edited["territories"][0]["id"])


def editor(person: Person, alignment_id: int, number: int, territory_id: int) -> Callable[[], list[int]]:
    """Saves on the revision it knows of; refused, it takes the one the refusal names. Returns what it saved as."""

    def work() -> list[int]:
        saved = []
        revision = person.get(f"alignments/{alignment_id}")["revision"]
        for save in range(N_SAVES):
            edit = {"op": "update_territory", "territory_id": territory_id, "name": f"Editor {number}, save {save}"}
            status, body = send(person, alignment_id, edit, revision)
            while status == 412:
                revision = body["revision"]
                status, body = send(person, alignment_id, edit, revision)
            assert status == 200, body
            revision = body["alignment"]["revision"]
            saved.append(revision)
        return saved

    return work


def send(person: Person, alignment_id: int, edit: dict[str, object], revision: int) -> tuple[int, dict]:
    with IN_FLIGHT:
        return person.post(f"alignments/{alignment_id}/edits", edit, revision=revision)


def history(person: Person, alignment_id: int, since: int) -> list[dict[str, object]]:
    found, path = [], f"alignments/{alignment_id}/changes?page_size=500&since_revision={since}"
    while path:
        page = person.get(path)
        found += page["results"]
        path = (page["next"] or "").partition("/api/v1/")[2]
    return found
