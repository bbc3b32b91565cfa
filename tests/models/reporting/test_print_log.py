"""What is written down of printings and writings, and nothing that nobody knows."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from exports.outgoing.submission import SubmissionDraft, finish, prepare
from models.ledger.submission_status import WRITTEN, Writing, note_writing, submission_status, writings
from models.reporting.print_log import Printing, are_printed, note_printing, printings
from models.reporting.sample import fill
from models.workspace import Workspace

UNIT = "430527106"


@pytest.fixture
def space(tmp_path: Path) -> Iterator[Workspace]:
    made = Workspace.create(tmp_path / "pc", "unit", [UNIT])
    made.set({"current": "2024-10"})
    fill(made, made.period)
    yield made
    made.close()


def test_a_printing_is_listed_in_its_own_period_only(space: Workspace) -> None:
    note_printing(space, UNIT, space.period, Printing("AAAA", ("tasks", "cover"), 8, 2, "示例打印机"))
    note_printing(space, UNIT, space.period, Printing("AAAA", ("projects",), 1, 1))
    first, second = printings(space, UNIT, space.period)
    assert (first.forms, first.pages, first.copies, first.printer) == (("tasks", "cover"), 8, 2, "示例打印机")
    assert (second.printer, bool(second.at)) == ("", True)
    assert printings(space, UNIT, space.plan.period("2024-09")) == []
    assert submission_status(space, UNIT, space.period).state == "none"


@pytest.mark.parametrize(
    ("code", "forms", "whole"),
    [("AAAA", ("tasks", "cover"), True), ("AAAA", ("tasks", "projects"), False), ("BBBB", ("tasks",), False)],
)
def test_all_is_printed_when_every_form_was_with_this_code(code: str, forms: tuple[str, ...], whole: bool) -> None:
    found = [Printing("AAAA", ("tasks",), 3, 1), Printing("AAAA", ("cover",), 1, 1), Printing("CCCC", forms, 9, 1)]
    assert are_printed(found, code, forms) is whole


def test_what_is_sealed_but_written_nowhere_is_not_sent(space: Workspace) -> None:
    draft = prepare(space, space.units[0], space.period)
    assert isinstance(draft, SubmissionDraft)
    parcel = finish(space, draft, {}, {WRITTEN: []})
    assert submission_status(space, UNIT, space.period).state == "made"
    writing = Writing("2024-10-25T14:43:26+08:00", "E:\\a.qd", "KINGSTON（E:）")
    note_writing(space, parcel.id, writing)
    now = submission_status(space, UNIT, space.period)
    assert (now.state, writings(now.sent[0])) == ("sent", [writing])


def test_of_a_file_made_by_command_nobody_knows_where_it_lies(space: Workspace) -> None:
    draft = prepare(space, space.units[0], space.period)
    assert isinstance(draft, SubmissionDraft)
    finish(space, draft, {})
    now = submission_status(space, UNIT, space.period)
    assert (now.state, writings(now.sent[0])) == ("sent", None)
