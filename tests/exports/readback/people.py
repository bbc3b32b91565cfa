"""What people do to a workbook before they send it back, and what they meant by it."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import load_workbook

from exports.excel.workbook import write_workbook
from exports.sheets.unit_sheets import unit_book
from forms.choices import Choice
from forms.dates import Day, Month
from forms.evidence import Files
from forms.kind import Number, Text
from models.workspace import Workspace

TYPED: dict[type, list[Any]] = {
    Number: [12.5, 80, "３５", "1,200", "八成", "差不多", "2000万", 0, "—", 7.123456],
    Day: [date(2024, 11, 30), "2024.3.5", "11月底", 45600, "20241231", "月底前后"],
    Month: ["2024年3月", "2024-5", "2024年13月", date(2024, 7, 1)],
    Choice: ["已完成", "正常推进", "没有这个", ""],
    Files: ["会议纪要、照片", ""],
    Text: ["按计划推进，已完成勘界。", "=不是公式", "多行\n文字", "", "2024", 15.0, "—"],
}


def written(space: Workspace, path: Path) -> Path:
    write_workbook(path, unit_book(space, space.units[0], space.period, space.forms))
    return path


def column(sheet: Any, name: str) -> int:
    number: int = next(c.column for row in sheet.iter_rows(max_row=60) for c in row if c.value == name)
    return number


def row_of(sheet: Any, id: str) -> int:
    number: int = next(c.row for (c,) in sheet.iter_rows(max_col=1) if c.value == id)
    return number


@dataclass
class Meant:
    """What a person did: cells by form, record and field; new lines by form; ids of deleted and of copied lines."""

    cells: dict[tuple[str, str, str], Any] = field(default_factory=dict)
    new: list[tuple[str, str]] = field(default_factory=list)
    deleted: set[str] = field(default_factory=set)
    copied: list[str] = field(default_factory=list)


class Person:
    """Somebody at work on a workbook of `space`; `hand` decides what is done."""

    def __init__(self, space: Workspace, path: Path, hand: Random) -> None:
        self.space, self.path, self.hand = space, path, hand
        self.book = load_workbook(path)
        self.pages = {f.name: self.book[f.title] for f in space.forms if not f.record}
        self.rows = space.context(space.units[0].code, space.period).rows
        self.meant = Meant()
        for page in self.pages.values():
            for merged in list(page.merged_cells.ranges):
                page.unmerge_cells(str(merged))  # the library would leave them behind when rows move

    def save(self) -> Meant:
        self.book.save(self.path)
        return self.meant

    def do(self, count: int) -> None:
        acts = [self.edit, self.edit, self.edit, self.insert_column, self.insert_row, self.swap, self.delete,
                self.rename, self.hide, self.add, self.copy, self.move_sheet, self.as_text]  # fmt: skip
        for _ in range(count):
            self.hand.choice(acts)()

    def a_form(self, own: bool = False) -> Any:
        return self.hand.choice([f for f in self.space.forms if f.name in self.pages and (f.own or not own)])

    def a_row(self, form: Any) -> str:
        left = [r["id"] for r in self.rows[form.name] if r["id"] not in self.meant.deleted]
        return self.hand.choice(left) if left else ""

    def edit(self) -> None:
        form = self.a_form()
        id = self.a_row(form)
        f = self.hand.choice([f for f in form.stored if f.editable])
        if id:
            value = self.hand.choice(next(v for k, v in TYPED.items() if isinstance(f.kind, k)))
            page = self.pages[form.name]
            cell = page.cell(row_of(page, id), column(page, f.name))
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # typed into a cell of text format: no formula
            self.meant.cells[form.name, id, f.name] = value

    def as_text(self) -> None:
        """A figure that was stored as text, as figures pasted from elsewhere are."""
        form = self.a_form()
        numbers = [f for f in form.stored if isinstance(f.kind, Number) and f.editable]
        id = self.a_row(form)
        if numbers and id:
            page, f = self.pages[form.name], self.hand.choice(numbers)
            cell = page.cell(row_of(page, id), column(page, f.name))
            if cell.value is not None and (form.name, id, f.name) not in self.meant.cells:
                cell.value = str(cell.value)

    def insert_column(self) -> None:
        self.pages[self.a_form().name].insert_cols(self.hand.randint(2, 8))

    def insert_row(self) -> None:
        self.pages[self.a_form().name].insert_rows(self.hand.randint(1, 20))

    def swap(self) -> None:
        form = self.a_form()
        page, ids = self.pages[form.name], [self.a_row(form) for _ in "ab"]
        if all(ids):
            a, b = (row_of(page, id) for id in ids)
            for n in range(1, page.max_column + 1):
                x, y = page.cell(a, n), page.cell(b, n)
                x.value, y.value = y.value, x.value
                for cell in (x, y):
                    if isinstance(cell.value, str) and not cell.value.startswith("=SUBTOTAL"):
                        cell.data_type = "s"

    def delete(self) -> None:
        form = self.a_form()
        id = self.a_row(form)
        if id and id not in self.meant.copied:  # a copy whose original is gone is that line, changed
            self.pages[form.name].delete_rows(row_of(self.pages[form.name], id))
            self.meant.deleted.add(id)

    def rename(self) -> None:
        self.pages[self.a_form().name].title = f"改名{self.hand.randint(1, 10**6)}"

    def hide(self) -> None:
        page = self.pages[self.a_form().name]
        page.row_dimensions[self.hand.randint(5, 15)].hidden = True
        page.column_dimensions["E"].hidden = True

    def move_sheet(self) -> None:
        self.book.move_sheet(self.pages[self.a_form().name], self.hand.choice([-1, 1]))

    def add(self) -> None:
        """A new line far below, where nothing stands."""
        form = self.a_form(own=True)
        page = self.pages[form.name]
        f = next(f for f in form.stored if f.editable and type(f.kind) is Text)
        text = f"新增{self.hand.randint(1, 10**6)}"
        page.cell(page.max_row + 1, column(page, f.name)).value = text
        self.meant.new.append((form.name, text))

    def copy(self) -> None:
        """A line copied with its hidden id to the end, and changed there."""
        form = self.a_form(own=True)
        id = self.a_row(form)
        if id:
            page = self.pages[form.name]
            at, end = row_of(page, id), page.max_row + 1
            for n in range(1, page.max_column + 1):
                page.cell(end, n).value = page.cell(at, n).value
                if isinstance(page.cell(end, n).value, str):
                    page.cell(end, n).data_type = "s"
            for f in [f for f in form.stored if f.editable and type(f.kind) is Text][:3]:
                page.cell(end, column(page, f.name)).value = f"复制后改写{f.name}"
            self.meant.copied.append(id)
