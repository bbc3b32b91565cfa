"""Compares one cell of a filled workbook with the workspace and with its value when the workbook was written:
unchanged, a new value, or a problem.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from exports.readback.raw_cells import FROM_1904, CellContent
from exports.readback.sheets import WorkbookProblem
from forms.field import Context, Field, Row
from forms.kind import Unreadable, Value

DIGITS = 15  # digits that Excel keeps of a number
LATER = 1462  # days between the two calendars of workbooks
NO_RESULT = "是公式，可是没有算出的结果，没有采用；请在 Excel 或 WPS 里打开并保存一次，或直接填数字"


def meant(field: Field, told: CellContent, ctx: Context) -> Value:
    """The value of a cell for a field. Raises Unreadable."""
    text = told.text
    if told.holds == FROM_1904 and field.kind.dated == "day" and text.isdigit():
        text = str(int(text) + LATER)
    return field.parse(text, ctx.period.start.year)


def question(field: Field, told: CellContent) -> str:
    """The question for the user where the number format shows another figure than the cell holds, or another unit of
    money than the field's; '' where the number is clear.
    """
    other = not told.unit or (field.unit.endswith("元") and told.unit != field.unit)
    if not told.seen or not other or not field.kind.numeric:
        return ""
    unit = f"按{field.unit}填的数" if field.unit else "数字"
    return (
        f"“{field.label}”在 Excel 里看到的是“{told.seen}”，单元格里存的是{told.text}，不知道是哪个，没有采用；"
        f"请把单元格格式改成“常规”，直接写{unit}"
    )


def says(field: Field, told: CellContent, value: Value, ctx: Context) -> bool:
    """Whether a cell has this value, as it was written or in another notation."""
    if told.ditto and told.ditto == field.kind.show(value):
        return True  # older versions stored the ditto sign
    if told.text == field.kind.show(value):
        return not told.formula or bool(told.text)
    try:
        return bool(_same_files(meant(field, told, ctx), value) == value)
    except Unreadable:
        return False


def _same_files(value: Value, mine: Value) -> Value:
    """The value with the attached files of `mine`: a workbook has only the names of the evidence."""
    if not isinstance(value, tuple) or not isinstance(mine, tuple):
        return value
    known: Mapping[Any, Any] = {getattr(a, "name", a): a for a in mine}
    return tuple(known.get(getattr(a, "name", a), a) for a in value)


@dataclass(frozen=True)
class WorkbookCell:
    """A cell and what decides about it. `mine` is the row in the workspace, `old` the row when the workbook was written
    (None where it is unknown), `shut` why the cell may not be changed ('' where it may); `strict`: a cell that changed
    on both sides is a problem; `newer`: changed here after the workbook was written; `moved`: the workbook is read into
    another period than its own.
    """

    field: Field
    sheet: str
    row: int
    letter: str
    content: CellContent
    mine: Row
    old: Row | None
    ctx: Context
    shut: str
    strict: bool
    new: bool = False
    moved: bool = False
    newer: bool = False

    @property
    def now(self) -> Value:
        """The value in the workspace."""
        return self.mine.get(self.field.name)

    def is_kept(self, told: CellContent) -> bool:
        """Whether an empty cell keeps the value here, because it is unknown whether it was emptied or never filled."""
        return self.old is None and self.now is not None and not told.text and not told.formula

    def read(self) -> tuple[Value, str] | WorkbookProblem | None:
        """The new value and how the cell was understood, or a problem; None where nothing changes."""
        f, told = self.field, self.content
        if told.formula and not told.text:
            return self._problem(f"“{f.label}”{NO_RESULT}", told.formula)
        if says(f, told, self.now, self.ctx) or self._is_untouched():
            return None
        if doubt := question(f, told):
            return self._problem(doubt)
        if told.holds == "error":
            return self._problem(f"“{f.label}”是出错的公式{told.text}，没有采用；请改成数字或文字")
        if f.kind.limit and told.holds.startswith("number") and len(told.text.partition(".")[0].lstrip("-")) > DIGITS:
            return self._problem(f"“{f.label}”超过{DIGITS}位，Excel 会把后面的数字改成0；请把单元格设成文本再填一遍")
        try:
            value = _same_files(meant(f, told, self.ctx), self.now)
        except Unreadable as why:
            return self._problem(f"“{f.label}”{why}")
        return self._judged(value)

    def _is_untouched(self) -> bool:
        """Whether the cell still has the value with which the workbook was written. False where it is read into another
        period and the field is empty there, so that it is filled.
        """
        if self.old is None or (self.moved and self.now is None):
            return False
        return says(self.field, self.content, self.old.get(self.field.name), self.ctx)

    def _judged(self, value: Value) -> tuple[Value, str] | WorkbookProblem | None:
        f = self.field
        if value == self.now:
            return None
        if not f.editable and not (self.new and f.required):
            return self._problem(f"“{f.label}”由县里在方案里定，没有采用改动“{self.content.text[:20]}”")
        if self.shut:
            return self._problem(self.shut)
        if self.newer or (self.strict and self.old is not None and self.old.get(f.name) != self.now):
            here = f.kind.show(self.now) or "空"
            why = f"写出工作簿之后，本机把“{f.label}”改成了“{here[:20]}”，工作簿里是“{self.content.text[:20]}”，保留本机的"
            return self._problem(f"{why}；要用工作簿里的，请在窗口里改")
        return value, self._how(f.kind.show(value))

    def _problem(self, why: str, value: str = "") -> WorkbookProblem:
        return WorkbookProblem(
            self.sheet, self.row, self.letter, (value or self.content.ditto or self.content.text)[:60], why
        )

    def _how(self, shown: str) -> str:
        """How the cell was understood, where the user may have meant something else; '' where it is plain."""
        f, told = self.field, self.content
        unit = f.unit if f.unit == "%" else ""
        if told.ditto:
            return f"{told.ditto.strip()}→{shown[:20]}{unit}"
        if told.formula:
            return f"公式{told.formula[:30]}→{shown}{unit}"
        if told.holds == "day" and not f.kind.dated:
            return f"{told.text}（Excel 里是日期）→{shown}"
        if (
            unit
            and told.holds.startswith("number")
            and 0 < abs(float(told.text.rstrip("%"))) < 1
            and "%" not in told.text
        ):
            return f"{told.text}→{shown}%"
        plain = told.text.replace(",", "") == shown.replace(",", "") or _same(told.text, shown) or told.holds == "day"
        return "" if plain or not f.kind.on_one_line else f"{told.text}→{shown}{unit}"


def _same(text: str, shown: str) -> bool:
    try:
        return float(text.replace(",", "")) == float(shown.replace(",", ""))
    except ValueError:
        return False
