"""Run in a changed copy of the program: `python -m tests.additions WHAT FOLDER` looks for what CONTRIBUTING adds, at every
door, and says “WHAT found”. Used by test_additions.py.
"""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from exports.batch import write
from exports.county_papers import papers as papers_of
from exports.county_papers import write_papers
from exports.form_jobs import jobs
from forms.kind import Value
from models.errors import sentence
from models.reporting.check import check as problems_of
from tests.travel import PERIOD, Desk

UNIT = "瓦屋塘镇"
PIECE = {"title": "示例标题", "media": "示例网", "level": "county", "day": date(2024, 10, 8), "link": "示例链接"}


def unit_and_county(folder: Path) -> tuple[Desk, Desk]:
    """A unit that is enrolled at a county, with sample data in October."""
    county, unit = Desk.county(folder / "county"), Desk(folder / "unit")
    unit.load(county.hand_out(UNIT))
    unit.fill()
    return county, unit


def add(unit: Desk, form: str, values: dict[str, Any]) -> None:
    """One more line in a form."""
    unit.work.apply(unit.report(form).add(values), "添加")


def travels(county: Desk, unit: Desk, form: str, field: str, value: Value) -> None:
    """The store keeps the value, the package carries it, the county's tables show it."""
    assert value in [r[field] for r in unit.lines(UNIT)[form]]
    assert county.results(unit.submit()) == ["accepted"]
    assert value in [r[field] for r in county.lines(UNIT)[form]]


def papers(unit: Desk, form: str, *formats: str) -> list[Path]:
    """The papers of one form."""
    return write(jobs(unit.work, unit.folder / "papers", period=PERIOD, formats=formats, forms=[form]))


def on_paper(unit: Desk, form: str, *words: str) -> None:
    """The PDF shows these words."""
    from pypdfium2 import PdfDocument

    (path,) = papers(unit, form, "pdf")
    text = "".join(page.get_textpage().get_text_range() for page in PdfDocument(path)).replace("\r\n", "")
    assert not [w for w in words if w not in text], text


def both_ways(unit: Desk, form: str, field: str, shown: str, typed: str, value: Value) -> None:
    """The workbook shows the value, and takes another one back."""
    from openpyxl import load_workbook

    (path,) = papers(unit, form, "xlsx")
    book = load_workbook(path)
    cells = [c for row in book.worksheets[0].iter_rows() for c in row if c.value == shown]
    assert len(cells) == 1, [c.value for row in book.worksheets[0].iter_rows() for c in row if c.value]
    cells[0].value = typed
    book.save(path)
    assert unit.results(path) == ["accepted"]
    assert value in [r[field] for r in unit.lines(UNIT)[form]]


def field(folder: Path) -> None:
    county, unit = unit_and_county(folder)
    add(unit, "publicity", PIECE | {"section": "示例栏目"})
    travels(county, unit, "publicity", "section", "示例栏目")
    on_paper(unit, "publicity", "栏目", "示例栏目")
    both_ways(unit, "publicity", "section", "示例栏目", "另一栏目", "另一栏目")


def form(folder: Path) -> None:
    county, unit = unit_and_county(folder)
    assert [f.name for f in unit.work.forms][-2:] == ["publicity", "visits"]
    made = unit.lines(UNIT)["visits"]  # sample data knows the form by the kinds of its fields
    assert {(r["firm"], r["day"]) for r in made} == {("示例走访企业", date(2024, 10, 31))}
    assert {r["action"] for r in made} <= {a.id for a in unit.work.plan.actions}
    assert all(1 <= r["people"] <= 9 for r in made)
    assert not [
        f for f in problems_of(unit.work, unit.work.units[0].code, unit.work.period) if f.problem.form == "visits"
    ]
    add(unit, "visits", {"firm": "示例企业", "action": "CY", "day": date(2024, 10, 9), "people": 3})
    travels(county, unit, "visits", "firm", "示例企业")
    on_paper(unit, "visits", "走访清单", "示例企业")
    both_ways(unit, "visits", "firm", "示例企业", "另一企业", "另一企业")
    earlier = {f.name for f in unit.work.plan.forms} - {"visits"}
    assert {f.name for f in year_before(unit).forms} == earlier


def year_before(unit: Desk) -> Any:
    """The plan as one of the year before."""
    from dataclasses import replace

    return replace(unit.work.plan, about={**unit.work.plan.about, "年度": "2023"})


def check(folder: Path) -> None:
    from forms import CHECKS

    _county, unit = unit_and_county(folder)
    add(unit, "publicity", PIECE | {"link": None})
    mine = next(r["id"] for r in unit.report("publicity").rows if r["title"] == PIECE["title"])
    every = problems_of(unit.work, unit.work.units[0].code, unit.work.period)
    (found,) = [f for f in every if (f.problem.code, f.problem.record) == ("no_link", mine)]
    assert found.problem.message == "“示例网”是网站，“链接”没有填，请填写；确无链接的，说明原因"
    assert found.problem.rule == CHECKS["no_link"].rule == "网上发布的，县里要能点开核对。"
    assert (found.problem.level, found.problem.field, found.settled) == ("C", "link", False)


def format(folder: Path) -> None:
    from click.testing import CliRunner

    from exports.writers import FORMATS
    from main import program

    _county, unit = unit_and_county(folder)
    unit.close()
    out = folder / "out"
    done = CliRunner().invoke(
        program, ["--data", str(unit.folder), "forms", "--out", str(out), "--format", "txt", "--form", "tasks"]
    )
    assert done.exit_code == 0, done.output
    (path,) = [p for p in out.rglob("*") if p.is_file()]
    assert (path.suffix, "重点任务" in path.read_text(encoding="utf-8")) == (".txt", True)
    assert FORMATS == ("xlsx", "pdf", "txt")


def kind(folder: Path) -> None:
    from PySide6.QtWidgets import QApplication, QLineEdit

    from ui.grid.sorting import ordered
    from ui.widgets import editors

    county, unit = unit_and_county(folder)
    add(unit, "publicity", PIECE | {"length": 150})
    travels(county, unit, "publicity", "length", 150)
    on_paper(unit, "publicity", "播出时长", "2小时30分")
    both_ways(unit, "publicity", "length", "2小时30分", "1小时5分", 65)
    app = QApplication([])
    length = unit.work.form("publicity").field("length")
    box = editors.make(length, None)
    assert isinstance(box, QLineEdit)
    assert box.placeholderText() == "2小时30分"
    editors.fill(box, "很久")
    assert editors.refusal(box, length) == "“很久”不是时长，请按“2小时30分”的样子填写"
    assert ordered([{"id": "a", "length": 150}, {"id": "b", "length": 65}], length, down=False) == ["b", "a"]
    app.quit()


def renamed(folder: Path) -> None:
    """What the county makes of columns that have other names than in our forms."""
    from decimal import Decimal

    from exports.outgoing.submission import file_name, submission
    from exports.outgoing.write_out import write_out
    from exports.sheets.bulletin import unit_lamps
    from models.county.consolidation import Consolidation
    from models.county.scoring import Scoring

    county, unit = Desk.county(folder / "county"), Desk(folder / "unit")
    unit.load(county.hand_out(UNIT))
    lines = len(unit.report("tasks").rows)
    for n in range(1, lines + 1):
        unit.write("tasks", n, "done_share", Decimal(40))
    add(unit, "projects", {"name": "示例项目", "action": "CY", "planned": Decimal(100), "spent": Decimal(30)})
    parcel = submission(unit.work, unit.work.only_unit(), unit.work.period, papers=False, checked=False)
    assert county.results(write_out(parcel, unit.out, file_name(parcel))) == ["accepted"]
    whole = Consolidation(county.work, county.work.period)
    figures = whole.figures(whole.entries)
    assert (figures["percent"], figures["plan"], figures["year_done"]) == (Decimal(40), Decimal(100), Decimal(30))
    assert [x.percent for _, x in unit_lamps(whole) if x.percent is not None] == [Decimal(40)]
    scores = next(r for r in Scoring(whole, date(2024, 11, 5)).results if r.unit.short == UNIT)
    told = [w.text for i in scores.items for w in i.whys if "平均完成" in w.text]
    assert told == [f"{lines}行任务平均完成40.0%，序时应到83.3%，慢于序时{lines}行"]
    paths = write_papers(papers_of(county.work, county.work.period), folder / "out")
    assert len(paths) > 2


def package(folder: Path) -> None:
    """A notice is signed by the county, taken in by the unit, refused by the county, named on the unit's timeline."""
    from exports.outgoing.submission import plan_head
    from exports.package import manifest
    from exports.package.container import make, write_inner
    from exports.package.keyring import Keyring
    from ui.filling.period_timeline import CAME
    from ui.loads.load_dialog import NAMES

    county, unit = unit_and_county(folder)
    ring, mine = Keyring(county.work), unit.work.only_unit()
    notice = manifest.Notice(  # type: ignore[attr-defined]  # there once the diff is in
        unit=mine.code, period=PERIOD, plan=plan_head(county.work), signer=ring.verify, created="", text="示例通知"
    )
    path = folder / "通知.qd"
    path.write_bytes(make(write_inner(notice, {}), ring.signer).data)
    [here], [there] = unit.load(path), county.load(path)
    assert (here.result, here.kind, here.message) == ("accepted", "notice", "示例通知")
    assert (there.result, there.message) == ("refused", sentence(manifest.FOR_UNITS))
    assert (NAMES["notice"], CAME["notice"]) == ("通知单", "县里通知")


LOOKS: dict[str, Callable[[Path], None]] = {
    "field": field,
    "form": form,
    "check": check,
    "format": format,
    "kind": kind,
    "package": package,
    "renamed": renamed,
}

if __name__ == "__main__":
    LOOKS[sys.argv[1]](Path(sys.argv[2]))
    sys.stdout.write(f"{sys.argv[1]} found\n")
