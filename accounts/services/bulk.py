"""Accounts from a program: checked, staged and merged as those of a file, and answered at once."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.importing.checking import SAMPLE_ROWS
from accounts.importing.mapping import mapped_fields, mapping_problems
from accounts.importing.objects import ObjectRows
from accounts.importing.problems import Problem
from accounts.importing.rows import RowChecker
from accounts.importing.run import home_country
from accounts.importing.staging import make_staging_table, stage
from accounts.importing.targets import Target
from accounts.importing.turn import take_turn
from accounts.importing.writing import write_staged
from accounts.models import ImportKind, ImportMode
from workspace.exceptions import FieldProblem, Invalid, TooLarge
from workspace.models import Member
from workspace.services.changes import record_change
from workspace.wording import plural

PROBLEMS_SHOWN = 100


@dataclass(frozen=True)
class BulkResult:
    n_rows: int
    n_created: int
    n_updated: int
    n_unchanged: int
    n_bad: int
    n_unplotted: int
    n_problems: int
    problems: list[FieldProblem]


@transaction.atomic
def upsert_accounts(objects: Any, *, skip_bad: bool, actor: Member) -> BulkResult:
    """All rows or, with `skip_bad`, the good ones. The same call again changes nothing."""
    if not isinstance(objects, list) or not objects:
        raise Invalid.field("rows", "must be a list of accounts", bound=f"1 to {settings.BULK_MAX_ROWS:,}")
    if len(objects) > settings.BULK_MAX_ROWS:
        raise TooLarge(f"The call has {len(objects):,} rows; {settings.BULK_MAX_ROWS:,} are the most.")
    given = ObjectRows(objects)
    mapping = {key: key for key in given.header}
    _refuse_fields(given, mapping)
    fields = mapped_fields(ImportKind.ACCOUNTS, mapping)
    checker = RowChecker(
        header=given.header, fields=fields, sample=[], currency=actor.workspace.currency, delimiter="", teams={}
    )
    checked = checker.check(given.rows)
    problems = sorted([*given.problems, *checked.problems], key=lambda problem: problem.row)
    n_bad = checked.n_bad + given.n_broken
    shown = [_named(problem) for problem in problems[:PROBLEMS_SHOWN]]
    if n_bad and not skip_bad:
        have = "has" if n_bad == 1 else "have"
        raise Invalid(
            f"{n_bad:,} of {plural(len(objects), 'row')} {have} problems; nothing was written.",
            errors=shown,
            n_bad=n_bad,
            n_problems=len(problems),
        )
    take_turn(actor.workspace_id)
    target = Target(ImportKind.ACCOUNTS, tuple(fields.values()))
    make_staging_table(target)
    stage(target, checked, home_country=home_country(actor.workspace))
    merged = write_staged(target, workspace_id=actor.workspace_id, mode=ImportMode.UPSERT).merged
    result = BulkResult(
        n_rows=len(objects),
        n_created=merged.n_created,
        n_updated=merged.n_updated,
        n_unchanged=merged.n_unchanged,
        n_bad=n_bad,
        n_unplotted=merged.n_unplotted,
        n_problems=len(problems),
        problems=shown,
    )
    if merged.n_created + merged.n_updated:
        _record(result, actor)
    return result


def _refuse_fields(given: ObjectRows, mapping: dict[str, str]) -> None:
    sample = given.rows[:SAMPLE_ROWS]
    problems = mapping_problems(kind=ImportKind.ACCOUNTS, header=given.header, mapping=mapping, sample=sample)
    if problems and not (given.n_broken and not given.header):
        errors = [FieldProblem(each.column or "rows", each.problem) for each in problems[:PROBLEMS_SHOWN]]
        raise Invalid("; ".join(f"{each.field}: {each.problem}" for each in errors), errors=errors)


def _named(problem: Problem) -> FieldProblem:
    """By its place in the call: `rows.16.lat` is the latitude of the 17th row."""
    shown = problem.as_dict()
    place = f"rows.{problem.row - 1}" + (f".{problem.column}" if problem.column else "")
    return FieldProblem(place, problem.problem, value=shown["value"], bound=shown["bound"])


def _record(result: BulkResult, actor: Member) -> None:
    record_change(
        actor=actor,
        subject_kind="workspace",
        subject_id=actor.workspace_id,
        operation="bulk",
        label=f"Accounts by the API: {result.n_created:,} new, {result.n_updated:,} updated",
    )
