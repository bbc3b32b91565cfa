"""Data validation of cells: drop-downs, limits and the messages that Excel shows, made from the field's kind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import singledispatch
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from exports.excel.layout import WorksheetLayout
from exports.excel.record import VALUE
from exports.excel.rows_xml import SERIAL_ZERO
from exports.excel.table import empties, fillable, opens
from forms.choices import Choice, Several
from forms.dates import UNDATED, Day, DueDay, Month
from forms.evidence import Files
from forms.field import Field
from forms.kind import Kind, Number, Text

INLINE = 255  # the most characters of a list inside the rule
LISTS = "_选项"  # the very hidden sheet with longer lists
FIRST, LAST = date(1990, 1, 1), date(2099, 12, 31)
HUGE = 10**15
NOT_YOURS = "本栏来自方案或由程序算出，不用填写；改动其他栏以后，装入程序时自动更新。"


@dataclass
class Lists:
    """Option lists that are too long for a rule: columns of the very hidden sheet, each under a defined name."""

    columns: dict[tuple[str, ...], str] = field(default_factory=dict)

    def name(self, names: tuple[str, ...]) -> str:
        """The defined name of a list, which is added where it is new."""
        return self.columns.setdefault(names, f"_qd_list_{len(self.columns) + 1}")

    def defined(self) -> Iterator[tuple[str, str]]:
        """Each defined name with its range of cells."""
        for n, (names, name) in enumerate(self.columns.items(), 1):
            letter = get_column_letter(n)
            yield name, f"'{LISTS}'!${letter}$1:${letter}${max(1, len(names))}"


def rules(laid: WorksheetLayout, lists: Lists) -> Iterator[DataValidation]:
    """The validation rules of a worksheet."""
    if laid.sheet.form.record:
        for n, f in enumerate(laid.sheet.form.fields, laid.places["first"]):
            yield from _of_field(f, f"{VALUE}{n}", opens(f), _names(f, laid), lists)
    elif fillable(laid.sheet.form):
        yield from _of_table(laid, lists)


def _of_table(laid: WorksheetLayout, lists: Lists) -> Iterator[DataValidation]:
    places = laid.places
    filled = places["last"] - empties(laid.sheet)
    body, empty = (places["first"], filled), (filled + 1, places["last"])
    spare = places.get("spare_first", 1), places.get("spare_last", 0)
    for c in laid.columns[1:]:
        assert c.field is not None
        spans: dict[bool, list[str]] = {True: [], False: []}
        for span, is_open in ((body, opens(c.field)), *((s, opens(c.field, spare=True)) for s in (empty, spare))):
            if span[0] <= span[1]:
                spans[is_open].append(f"{c.letter}{span[0]}:{c.letter}{span[1]}")
        for is_open, ranges in spans.items():
            if ranges:
                yield from _of_field(c.field, " ".join(ranges), is_open, _names(c.field, laid), lists)


def _names(field: Field, laid: WorksheetLayout) -> tuple[str, ...]:
    """The names to choose from; for a locked choice (the plan's tasks) those of this unit."""
    if not field.kind.chosen:
        return ()
    have = {line.values.get(field.name) for line in laid.sheet.lines} if field.locked else set()
    return tuple(o.name for o in field.kind.choices if not have or o.id in have)


def _of_field(f: Field, where: str, is_open: bool, names: tuple[str, ...], lists: Lists) -> Iterator[DataValidation]:
    if not is_open:
        yield _rule(f, where, "", NOT_YOURS)
        return
    limits = limits_of(f.kind, names, lists)
    hint = f.help or limits.pop("hint", "")
    limits.pop("hint", None)
    if limits or hint:
        yield _rule(f, where, str(limits.pop("why", "")), hint, **limits)


@singledispatch
def limits_of(_kind: Kind, _names: Sequence[str], _lists: Lists) -> dict[str, Any]:
    """The validation of a kind of value: arguments of the rule, `why` a value is refused, and a `hint` for filling in.
    `names` are the options. A kind without an entry here accepts any text, which is checked when it is read back.
    """
    return {}


@limits_of.register
def _several(_kind: Several, names: Sequence[str], _lists: Lists) -> dict[str, Any]:
    return {"hint": _cut("可填几项，用顿号隔开：" + "、".join(names), 200)}


@limits_of.register
def _choice(_kind: Choice, names: Sequence[str], lists: Lists) -> dict[str, Any]:
    if not names:
        return {}
    inline = ",".join(names)
    fits = len(inline) <= INLINE and not any("," in n or '"' in n or n != n.strip() for n in names)
    source = f'"{inline}"' if fits else lists.name(tuple(names))
    return {"type": "list", "formula1": source, "why": "请从下拉列表里选一项，不能自己写。"}


@limits_of.register
def _number(kind: Number, _names: Sequence[str], _lists: Lists) -> dict[str, Any]:
    low, high = (-HUGE if kind.low is None else kind.low), (HUGE if kind.high is None else kind.high)
    whole = kind.json == "integer"
    what = "整数" if whole else f"数字，最多{kind.places}位小数"
    span = f"，不小于{low:f}" if kind.low is not None else ""
    span += f"，不大于{high:f}" if kind.high is not None else ""
    said = f"请只填{what}{span}，不写单位。"
    least = f"{low:f}" if kind.low is not None else str(low)
    return _between("whole" if whole else "decimal", least, f"{high}", said)


@limits_of.register
def _day(_kind: Day, _names: Sequence[str], _lists: Lists) -> dict[str, Any]:
    low, high = (str(d.toordinal() - SERIAL_ZERO) for d in (FIRST, LAST))
    return _between("date", low, high, "请填日期，例如 2024-3-5。")


@limits_of.register
def _due_day(_kind: DueDay, _names: Sequence[str], _lists: Lists) -> dict[str, Any]:
    return {"hint": f"请填日期，例如 2024-3-5；没有日子的，写{'、'.join(UNDATED)}。"}


@limits_of.register
def _month(_kind: Month, _names: Sequence[str], _lists: Lists) -> dict[str, Any]:
    return {"hint": "请按“2024年3月”的样子填写。"}


@limits_of.register
def _files(_kind: Files, _names: Sequence[str], _lists: Lists) -> dict[str, Any]:
    return {"hint": "填写材料名称，几份之间用顿号隔开；附件请在程序里添加。"}


@limits_of.register
def _text(kind: Text, _names: Sequence[str], _lists: Lists) -> dict[str, Any]:
    return {
        "type": "textLength",
        "operator": "lessThanOrEqual",
        "formula1": str(kind.limit),
        "why": f"最多{kind.limit}字，请删减后再填。",
    }


def _between(type: str, low: str, high: str, said: str) -> dict[str, Any]:
    return {"type": type, "operator": "between", "formula1": low, "formula2": high, "why": said, "hint": said}


def _rule(f: Field, where: str, why: str, hint: str, **limits: Any) -> DataValidation:
    rule = DataValidation(
        sqref=where, allow_blank=True, showErrorMessage=bool(limits), showInputMessage=bool(hint), **limits
    )
    if why:
        rule.errorTitle, rule.error = _cut(f.label, 30), _cut(f"“{f.label}”{why}", 220)
    if hint:
        rule.promptTitle, rule.prompt = _cut(f.label, 30), _cut(hint, 250)
    return rule


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
