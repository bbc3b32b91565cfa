"""Sample data of a form for which nobody has written any: every value is one that its field takes."""

from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from forms import FORMS
from forms.dates import Month
from forms.field import Field
from forms.form import Form
from forms.kind import Integer, Kind, Number, Text, Unreadable, Value
from forms.value_checks import by_itself
from models.reporting.sample_values import Dice, made_by_kind
from models.workspace import Workspace
from tests.travel import PERIOD, Desk


class Stubborn(Kind):
    """A kind that takes none of the words that are tried."""

    def parse(self, typed: str) -> Value:
        raise Unreadable("示例")


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    return Desk.county(tmp_path).work


def made(space: Workspace, form: Form) -> dict[str, Value]:
    period = space.plan.period(PERIOD)
    return made_by_kind(form, {}, Dice(space.context(space.units[0].code, period), Random(1)))


@pytest.mark.parametrize("name", [f.name for f in FORMS])
def test_what_is_made_up_is_taken_by_its_field(space: Workspace, name: str) -> None:
    form = space.form(name)
    values = made(space, form)
    assert {n: list(by_itself(form.field(n), v)) for n, v in values.items()} == {n: [] for n in values}
    wanted = {f.name for f in form.fields if f.editable and f.required and not f.kind.has_files}
    assert wanted <= set(values)
    assert not {f.name for f in form.fields if not f.editable} & set(values)


def test_values_suit_their_kinds(space: Workspace) -> None:
    fields = (
        Field("month", "月份", Month()),
        Field("few", "个数", Integer(high=Decimal(1))),
        Field("money", "资金", Number(2)),
        Field("short", "简称", Text(limit=2)),
        Field("phone", "电话", Text(pattern=r"\d{4}", example="0739")),
        Field("none", "没有", Stubborn()),
    )
    values = made(space, Form("example", "示例表", fields))
    assert (values["few"], values["short"], values["phone"]) == (1, "示例", "0739")
    assert fields[0].kind.show(values["month"]) == fields[0].kind.show(fields[0].parse("2024-10"))
    assert 1 <= values["money"] <= 9
    assert "none" not in values
