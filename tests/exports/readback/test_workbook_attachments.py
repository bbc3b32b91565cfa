"""A workbook that goes out and comes back keeps the files behind the names that are still there."""

from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from exports.batch import write
from exports.form_jobs import jobs
from forms.evidence import Attachment
from models.attachments import add
from tests.exports.package.test_attachments import A, file
from tests.travel import PERIOD, Desk


def cells(path: Path, text: str) -> tuple[Workbook, list[Any]]:
    """The cells of a workbook with a text, and the book."""
    book = load_workbook(path)
    return book, [c for sheet in book for row in sheet.iter_rows() for c in row if c.value == text]


def test_names_typed_beside_attached_ones(tmp_path: Path) -> None:
    county, pc = Desk.county(tmp_path / "county"), Desk(tmp_path / "pc")
    pc.load(county.hand_out(A))
    pc.fill()
    report = pc.report("tasks")
    named = add(pc.folder, file(tmp_path, "盖章纪要.pdf"), (), {})
    pc.work.apply(report.set(report.rows[0]["id"], {"evidence": (named,)}), "附件")
    write(jobs(pc.work, tmp_path / "forms", period=PERIOD, formats=("xlsx",)))
    [path] = (tmp_path / "forms").rglob("*.xlsx")
    (found,) = pc.load(path)
    assert (found.result, pc.cell("tasks", 1, "evidence")) == ("unchanged", (named,))
    book, [cell] = cells(path, "盖章纪要.pdf")
    cell.value = "盖章纪要.pdf、签到表"
    book.save(path)
    (found,) = pc.load(path)
    assert (found.result, pc.cell("tasks", 1, "evidence")) == ("accepted", (named, Attachment("签到表")))
    county.close()
    pc.close()
