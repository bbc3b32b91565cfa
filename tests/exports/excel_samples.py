"""A tiny plan, sheets made from it, and how to find things in a workbook by its hidden names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from exports.excel.workbook import write_workbook
from exports.sheets.sheet import Book, LineKind, Sheet, SheetHead, SheetLine, Stamp
from forms.field import Field
from forms.form import Form
from forms.kind import Option, Text, Value

STAMP = Stamp("430527106", "2024-10", "2024.1", "7F3A-91C2-0D5E", "2024-10-25 09:30")
LONG_NAME = "推进" + "楠竹产业全链条提质升级" * 6


@dataclass(frozen=True)
class TinyPlan:
    """A plan year with two actions, three tasks and a few dictionaries."""

    year: int = 2024

    scoring: tuple[Any, ...] = ()
    former: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)

    def options(self, of: str) -> tuple[Option, ...]:
        names = {
            "actions": ("产业培塑行动", "激发需求行动"),
            "tasks": ("建设竹加工园区", "办好招商活动", *(f"{LONG_NAME}{n}" for n in range(5))),
            "status": ("未启动", "正常推进", "进度滞后", "已完成"),
        }.get(of, ("甲", "乙"))
        return tuple(Option(f"{of}-{n}", name) for n, name in enumerate(names, 1))

    def find(self, of: str, id: str) -> Any:
        return next((o for o in self.options(of) if o.id == id), None)

    def tasks_of(self, unit: str) -> Sequence[tuple[Any, str]]:
        return ()

    def indicators_of(self, unit: str) -> Sequence[Any]:
        return ()

    def tasks_of_action(self, action: str) -> Sequence[Any]:
        return ()

    def sharing(self, task: str) -> Any:
        return None

    def wording_of(self, indicator: str) -> str:
        return ""

    @property
    def start(self) -> date:
        return date(2024, 1, 1)

    @property
    def end(self) -> date:
        return date(2024, 12, 31)

    def milestones_of(self, task: str) -> Sequence[Any]:
        return ()

    def parameter(self, wanted: Any) -> Any:
        return wanted.value

    def is_confirmed(self, task: str, unit: str) -> bool:
        return True


def sheet(form: Form, lines: Sequence[SheetLine], **more: Any) -> Sheet:
    """A sheet of a form bound to the tiny plan."""
    head = SheetHead(
        f"绥宁县{form.title}", place="附件1", right=("表号：示例1",), below="（2024年10月）", left="填报单位：示例镇"
    )
    settings: dict[str, Any] = {
        "head": replace(head, measure="计量单位：万元"),
        "stamp": STAMP,
        "signatures": ("审核人",),
    }
    return Sheet(form.bound(TinyPlan()), lines=lines, **(settings | more))


def row(number: int, **values: Value) -> SheetLine:
    """A line of a sheet, with an id made of its number."""
    return SheetLine(LineKind.ROW, values, number=number, id=f"id-{number}")


def wrote(path: Path, *sheets: Sheet) -> Workbook:
    """The workbook of these sheets, as openpyxl reads values back."""
    write_workbook(path, Book("示例", "示例镇2024年10月", sheets))
    return load_workbook(path, data_only=True)


def named_row(page: Worksheet) -> int:
    """The number of the hidden row of field names."""
    return next(r for r in range(1, 30) if str(page.cell(r, 1).value).startswith("qingdan"))


def letters(page: Worksheet) -> dict[str, str]:
    """Column letters by field name."""
    return {str(c.value): c.column_letter for c in page[named_row(page)] if c.value}


def cell(page: Worksheet, id: str, name: str) -> Any:
    """The cell of a record's field, found by the hidden ids."""
    number = next(r for r in range(1, page.max_row + 1) if page.cell(r, 1).value == id)
    return page[f"{letters(page)[name]}{number}"]


def form_of(*fields: Field, **more: Any) -> Form:
    """A form made for a test."""
    return Form("sample", "示例表", fields, **more)


def words(text: str) -> Sheet:
    """A sheet with one text."""
    return sheet(form_of(Field("text", "内容", Text(long=True, limit=5000))), [row(1, text=text)])


def money(n: int, **values: int) -> SheetLine:
    """A project line."""
    return row(n, name=f"项目{n}", action="actions-1", **{k: Decimal(v) for k, v in values.items()})


GROUPED = [
    SheetLine(LineKind.GROUP, {"total": Decimal(30), "plan": Decimal(9)}, "一、产业培塑行动（2项）"),
    money(1, total=10, plan=4),
    money(2, total=20, plan=5),
    SheetLine(LineKind.GROUP, {"total": Decimal(5), "plan": None}, "二、激发需求行动（1项）"),
    money(3, total=5),
    SheetLine(LineKind.TOTAL, {"total": Decimal(35), "plan": Decimal(9), "share": Decimal("12.50")}, "合　　计（3项）"),
]


def texts(page: Worksheet) -> list[str]:
    """Every text of a worksheet, in reading order."""
    return [str(v) for r in page.iter_rows(values_only=True) for v in r if v is not None]


def keys(book: Workbook) -> dict[str, str]:
    """The pairs of the very hidden sheet."""
    return {str(k): str(v or "") for k, v in book["_qingdan"].iter_rows(max_col=2, values_only=True)}


def rules(page: Worksheet, name: str) -> list[Any]:
    """The validations that cover the column of a field."""
    return [v for v in page.data_validations.dataValidation if str(v.sqref).startswith(letters(page)[name])]
