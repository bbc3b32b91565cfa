"""One cell of a filled workbook against what stands here and what stood there: untouched, taken over, or a problem."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from exports.readback.raw_cells import FROM_1904, CellContent
from exports.readback.sheets import WorkbookProblem
from forms.field import Context, Field, Row
from forms.kind import Unreadable, Value

DIGITS = 15  # figures of a number that Excel keeps
LATER = 1462  # days between the two calendars of workbooks
NO_RESULT = "是公式，可是没有算出的结果，没有采用；请在 Excel 或 WPS 里打开并保存一次，或直接填数字"


def meant(field: Field, told: CellContent, ctx: Context) -> Value:
    """The value that a cell means. Raises Unreadable."""
    text = told.text
    if told.holds == FROM_1904 and field.kind.dated == "day" and text.isdigit():
        text = str(int(text) + LATER)
    return field.parse(text, ctx.period.start.year)


def question(field: Field, told: CellContent) -> str:
    """Why it is not sure what a number means for a field: its format shows another figure, or another unit of money;
    '' where it is sure.
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
    """Whether a cell says just this value, as it was written or in other words."""
    if told.ditto and told.ditto == field.kind.show(value):
        return True  # older lines have the sign itself
    if told.text == field.kind.show(value):
        return not told.formula or bool(told.text)
    try:
        return bool(_same_files(meant(field, told, ctx), value) == value)
    except Unreadable:
        return False


def _same_files(value: Value, mine: Value) -> Value:
    """Evidence that is attached here stays attached: a workbook knows only its name."""
    if not isinstance(value, tuple) or not isinstance(mine, tuple):
        return value
    known: Mapping[Any, Any] = {getattr(a, "name", a): a for a in mine}
    return tuple(known.get(getattr(a, "name", a), a) for a in value)


@dataclass(frozen=True)
class WorkbookCell:
    """A cell with its surroundings. `mine` is the line as it stands here, `old` as it stood when the workbook was
    written (None where nobody knows), `shut` why it may not be changed; `strict`: what both sides changed is asked;
    `newer`: written here after the workbook was made; `moved`: read into another period than it was written for.
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
        """What stands here."""
        return self.mine.get(self.field.name)

    def is_kept(self, told: CellContent) -> bool:
        """Whether an empty cell says nothing: nobody knows whether it was emptied or never filled."""
        return self.old is None and self.now is not None and not told.text and not told.formula

    def read(self) -> tuple[Value, str] | WorkbookProblem | None:
        """The new value with how it was understood; None where there is nothing new."""
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
        """Whether the workbook says what it said when it was written; read into another period, that fills empty cells."""
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
        """How a cell was understood, where a person might have meant something else."""
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
        return "" if plain or f.kind.set_as != "figure" else f"{told.text}→{shown}{unit}"


def _same(text: str, shown: str) -> bool:
    try:
        return float(text.replace(",", "")) == float(shown.replace(",", ""))
    except ValueError:
        return False
