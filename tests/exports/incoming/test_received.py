"""The day on which a file was received decides what is late; a file of another month waits till somebody says yes."""

from collections.abc import Iterator
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from exports.incoming.load import load
from exports.incoming.received_days import received_day
from models.county.unit_states import UnitState, state
from models.errors import UserError
from tests.travel import PERIOD, Desk

UNIT = "瓦屋塘镇"


@pytest.fixture
def desks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Desk, Path]]:
    """A county on the day after the due day, and a submission of October."""
    monkeypatch.setenv("QINGDAN_CLOCK", "2024-10-26T09:00:00+08:00")
    county, unit = Desk.county(tmp_path / "county"), Desk(tmp_path / "unit")
    unit.load(county.hand_out(UNIT))
    unit.fill()
    yield county, unit.submit()
    county.close()
    unit.close()


def state_at(county: Desk) -> UnitState:
    return state(county.work, county.work.plan.unit(UNIT), county.work.plan.period(PERIOD))


def test_what_is_loaded_after_the_due_day_is_late(desks: tuple[Desk, Path]) -> None:
    county, file = desks
    assert county.results(file) == ["accepted"]
    assert (state_at(county).state, state_at(county).received[:10]) == ("late", "2024-10-26")


def test_what_lay_on_the_desk_in_time_is_not(desks: tuple[Desk, Path]) -> None:
    county, file = desks
    day = received_day("10月25日", county.work)
    _, (found,) = load(county.folder, county.space, [file], received=day)
    assert found.message.startswith("按2024年10月25日收到算；第1版已装入")
    assert (state_at(county).state, state_at(county).received) == ("submitted", "2024-10-25")
    _, (again,) = load(county.folder, county.space, [file], received=date(2024, 10, 20))
    assert (again.result, state_at(county).received) == ("unchanged", "2024-10-25")


def test_the_day_of_a_mail_counts_where_it_is_earlier(desks: tuple[Desk, Path], tmp_path: Path) -> None:
    county, file = desks
    mail = EmailMessage()
    mail["From"], mail["Date"] = "a@example.com", "Thu, 24 Oct 2024 17:55:00 +0800"
    mail.set_content("见附件")
    mail.add_attachment(file.read_bytes(), "application", "octet-stream", filename=file.name)
    saved = tmp_path / "来信.eml"
    saved.write_bytes(bytes(mail))
    (found,) = county.load(saved)
    assert found.message.startswith("邮件是2024年10月24日发出的，按这一天收到算；")
    assert (state_at(county).state, state_at(county).received) == ("submitted", "2024-10-24")


@pytest.mark.parametrize(("typed", "says"), [("10月27日", "还没有到"), ("昨天", "收到的日子：")])
def test_a_day_that_cannot_be(desks: tuple[Desk, Path], typed: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        received_day(typed, desks[0].work)


def test_another_month_waits_for_a_yes_and_can_be_taken_up(desks: tuple[Desk, Path]) -> None:
    county, file = desks
    county.work.set({"current": "2024-12"})
    (found,) = county.load(file)
    assert (found.result, found.message) == (
        "waiting", "这是2024年10月的，不是当前的2024年12月；确实要收的，请加 --yes=month 再装一次",
    )  # fmt: skip
    assert state_at(county).state == "missing"
    (kept,) = county.work.intake.waiting()
    assert (county.folder / kept.file).read_bytes() == file.read_bytes()
    assert county.work.intake.last_load() == 0
    _, (taken,) = load(county.folder, county.space, [file], yes=("month",))
    assert (taken.result, taken.message.partition("第")[0]) == ("accepted", "这是2024年10月的，不是当前的2024年12月；")
    assert county.work.intake.waiting() == []
    assert county.results(file) == ["unchanged"]
