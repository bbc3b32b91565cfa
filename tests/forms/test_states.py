"""The words of roles, parts, states and signs: what the forms declare and what the code asks for are the same."""

from collections.abc import Iterable
from enum import StrEnum

import pytest

from forms import states
from forms.county_papers import STANDINGS
from forms.field import Field
from forms.kind import Option
from forms.plan_tables import CHOICES, PLAN_TABLES, UNITS
from forms.records import COMMENTS, SETTINGS, STATEMENTS
from models.plan.plan import Plan
from models.reporting.version_code import PROGRAM


def ids(options: Iterable[Option]) -> set[str]:
    return {o.id for o in options}


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (SETTINGS.field("role"), states.Role),
        (STATEMENTS.field("kind"), states.Statement),
        (COMMENTS.field("state"), states.CommentState),
        (UNITS.field("kind"), states.UnitKind),
        (STANDINGS.field("unit_kind"), states.UnitKind),
        (STANDINGS.field("state"), states.ReportState),
        (CHOICES.field("mark"), states.Mark),
    ],
    ids=lambda x: getattr(x, "name", getattr(x, "__name__", "")),
)
def test_a_field_offers_just_the_words_that_the_code_knows(field: Field, words: type[StrEnum]) -> None:
    assert ids(field.kind.choices) == set(words)


def test_the_plans_parts_and_signs_are_those_that_the_code_knows(plan: Plan) -> None:
    assert ids(plan.options("role")) == set(states.Part)
    assert {o.mark for options in plan.choices.values() for o in options} - {""} <= set(states.Mark)


def test_kinds_of_units_are_declared_once() -> None:
    declared = {id(f.kind) for f in (UNITS.field("kind"), STANDINGS.field("unit_kind"))}
    assert len(declared) == 1
    assert sum(f.kind.choices == UNITS.field("kind").kind.choices for t in PLAN_TABLES for f in t.fields) == 1


def test_every_word_has_a_name_for_people() -> None:
    assert set(states.UNIT_KINDS) == set(states.UnitKind)
    assert set(states.REPORT_STATES) == set(states.ReportState)
    assert set(states.MARKS) == set(states.Mark)


def test_a_word_is_stored_as_itself() -> None:
    assert f"{states.Role.UNIT} {states.Mark.DONE!s}" == "unit done"
    assert str(states.Trust.VERIFIED).__class__ is str


def test_the_version_is_in_one_place() -> None:
    from pathlib import Path

    project = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert PROGRAM not in project
