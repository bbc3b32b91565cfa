"""Reading back a workbook that we wrote: by the hidden ids and names, never by position (format 1, exports/excel.py)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from exports.apart import Apart
from exports.envelope import Refused
from exports.guard import SAVE_AS
from exports.opening import Page, open_pages
from forms.form import Field, Form, Row
from forms.kind import Unreadable, Value
from models.entries import Period, Unit
from models.lock import lock
from models.report import Report
from models.store import Change
from models.workspace import Workspace

CORNER = re.compile(r"qingdan (\d+) (\w+) (\S*) (\S+)")
FORMAT, NUMBER = 1, "#"
PLAIN_NUMBER = re.compile(r"\d*\.?\d*")

Given = dict[str, tuple[str, str]]  # field name → (column letter, typed text)


@dataclass
class Reading:
    """What a workbook says otherwise than the workspace. `problems` are `sheet:row:column: message`; `read` what was
    understood; `missing` counts own lines that the workbook has not: they stay.
    """

    unit: Unit
    period: Period
    changes: list[Change] = field(default_factory=list)
    cells: int = 0
    added: int = 0
    missing: int = 0
    problems: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)

    @property
    def message(self) -> str:
        """The outcome in one sentence, every problem on a line of its own."""
        told = [f"改了{self.cells}格，新增{self.added}行" if self.changes else "与本机内容相同"]
        told += [f"有{self.missing}行工作簿里没有，本机的保留未删"] if self.missing else []
        told += [f"读作：{'、'.join(self.read[:5])}"] if self.read else []
        told += [f"{len(self.problems)}处没有采用："] if self.problems else []
        return "\n".join(["；".join(told), *self.problems])


def read_workbook(data: bytes, space: Workspace, apart: Apart) -> Reading:
    """What a filled workbook changes; it is opened in the process `apart`. Nothing is written; raises Refused for one
    that is not ours or not for here.
    """
    sheets = [s for page in open_pages(data, apart) for s in _sheet(page)]
    if not sheets:
        raise Refused(
            f"这本工作簿不是本程序生成的表，没有装入；请把内容复制粘贴到窗口的表格里，或用本程序生成的表填写（{SAVE_AS}）"
        )
    reading = _whose(space, sheets)
    ctx = space.context(reading.unit.code, reading.period)
    shut = lock(space, reading.unit.code, reading.period)
    for page, _, form_name, names in sheets:
        form = next((f for f in space.forms if f.name == form_name), None)
        if form is not None and not (shut.reason and not shut.open):
            _Sheet(reading, page.title, space.report(form, ctx), shut.why).take(_rows(page, form, names))
    if shut.reason and not shut.open:
        raise Refused(shut.reason)
    return reading


def _sheet(page: Page) -> Iterator[tuple[Page, tuple[str, str], str, int]]:
    """The page with its unit and period, form and the row of field names, if the corner cell is there."""
    for number in page.rows:
        found = CORNER.fullmatch(page.text(number, 1))
        if found:
            if int(found[1]) > FORMAT:
                raise Refused("这本工作簿是更新版本的程序生成的，请先更新程序再装入")
            yield page, (found[3], found[4]), found[2], number


def _whose(space: Workspace, sheets: list[tuple[Any, tuple[str, str], str, int]]) -> Reading:
    places = {where for _, where, _, _ in sheets}
    code, when = next(iter(places))
    unit = space.plan.find("units", code)
    period = space.plan.find("periods", when)
    if len(places) > 1:
        raise Refused("这本工作簿里混有几个单位或几个调度期的表，没有装入；请一个单位一期存一本")
    if unit is None or period is None:
        raise Refused(f"工作簿是{code}{when}的，本机的方案里没有，没有装入；请核对是不是拿错了文件")
    if space.role != "unit" or unit not in space.units:
        raise Refused(f"工作簿是{unit.short}的，本机不填报它，没有装入；请在该单位的电脑上装入，再传出上报包")
    return Reading(unit, period)


def _rows(page: Page, form: Form, names: int) -> Iterator[tuple[int, str, Given]]:
    """Row number, record id ('' for a new line) and the typed texts of every line that holds a record."""
    if form.record:
        yield from _record(page, names)
        return
    columns = {n: told.text for n, told in page.rows[names].items() if n > 1}
    words = {w for f in form.fields for w in (f.label, f.heading, f.over, f"（{f.unit}）")}  # a row of headings
    seen: set[str] = set()
    for number in (n for n in page.rows if n > names):
        id = page.text(number, 1)
        id = "" if id in seen else id
        seen.add(id)
        texts = {name: (_letter(n), page.text(number, n)) for n, name in columns.items()}
        _, counted = texts.pop(NUMBER, ("", ""))
        said = {t for _, t in texts.values() if t}
        if id or (said and not said & words and PLAIN_NUMBER.fullmatch(counted)):
            yield number, id, texts


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(column)


def _record(page: Page, names: int) -> Iterator[tuple[int, str, Given]]:
    texts = {page.text(n, 1): ("C", page.text(n, 3)) for n in page.rows if n > names and page.text(n, 1)}
    yield names, page.text(names, 3), texts


@dataclass
class _Sheet:
    """One form being read."""

    reading: Reading
    title: str
    report: Report
    why: Any

    def take(self, rows: Iterator[tuple[int, str, Given]]) -> None:
        have = {r["id"]: r for r in self.report.rows}
        found: set[str] = set()
        for number, id, texts in rows:
            if id in have:
                found.add(id)
                self._changed(number, have[id], texts)
            elif self.report.form.own and not self.report.form.record:
                self._added(number, texts)
            elif any(t for _, t in texts.values()):
                self._problem(number, "", "这一行不是方案给本单位的，没有采用；请不要在这张表里加行")
        self.reading.missing += len(set(have) - found)

    def _problem(self, number: int, column: str, message: str) -> None:
        self.reading.problems.append(f"{self.title}:{number}:{column}: {message}")

    def _changed(self, number: int, row: Row, texts: Given) -> None:
        new = {n: v for n, v in self._values(number, row, texts) if row.get(n) != v}
        if new:
            self.reading.changes += self.report.set(row["id"], new)
            self.reading.cells += len(new)

    def _added(self, number: int, texts: Given) -> None:
        values = {n: v for n, v in self._values(number, {}, texts) if v is not None}
        if why := self.why(self.report.form.name, ""):
            self._problem(number, "", why)
        elif values:
            changes = self.report.add(values)
            row = changes[-1].after or {}
            self.report.rows.append(dict(row))  # so that the next new line goes behind it
            self.reading.changes += changes
            self.reading.added += 1

    def _values(self, number: int, row: Mapping[str, Value], texts: Given) -> Iterator[tuple[str, Value]]:
        for f in self.report.form.stored:
            if f.name not in texts:
                continue
            letter, text = texts[f.name]
            if text == self._shown(f, row):
                continue
            value = self._value(number, letter, f, text, row)
            if value is not ...:
                yield f.name, value

    def _shown(self, f: Field, row: Mapping[str, Value]) -> str:
        return f.kind.show(row.get(f.name))

    def _value(self, number: int, letter: str, f: Field, text: str, row: Mapping[str, Value]) -> Value:
        """The value of a cell; `...` where it is not taken."""
        try:
            value = f.parse(text, self.report.ctx.period.start.year)
        except Unreadable as why:
            self._problem(number, letter, f"“{f.label}”{why}")
            return ...
        if value == row.get(f.name):
            return ...
        if not f.editable:
            self._problem(number, letter, f"“{f.label}”由县里在方案里定，没有采用改动“{text[:20]}”")
            return ...
        shut = self.why(self.report.form.name, row["id"], f.name) if row else ""
        if shut:
            self._problem(number, letter, shut)
            return ...
        shown = f.kind.show(value)
        if shown.replace(",", "") != text.replace(",", "") and f.kind.align == "right" and not _same(text, shown):
            self.reading.read.append(f"{text}→{shown}")
        return value


def _same(text: str, shown: str) -> bool:
    try:
        return float(text.replace(",", "")) == float(shown.replace(",", ""))
    except ValueError:
        return False
