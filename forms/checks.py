"""Checks that several forms share; each function gives the check for the named fields."""

import re
from collections.abc import Iterator

from forms.field import Context, Row
from forms.form import Form
from forms.kind import Value
from forms.problem import Check, CheckResult

PHONE = re.compile(r"(0\d{2,3}[- ]?)?\d{7,8}|1\d{10}")
ODD_PHONE = Check(
    "odd_phone",
    "C",
    "“{value}”不像电话号码，请填区号加号码或11位手机号；确实如此的，说明情况",
    "电话写成县里打得通的样子：区号加号码，或11位手机号。",
)
SAME_TEXT = Check(
    "same_text",
    "C",
    "“{label}”与上期一字不差，请写本期的新情况；确无变化的，说明原因",
    "进展每期都要写新情况，和上期逐字比一遍。",
)
ENDS_BEFORE_START = Check(
    "ends_before_start",
    "A",
    "“{label}”{end}早于开工{start}，请改过来",
    "竣工时间不会早于开工时间。",
    sides=("竣工", "{end}", "＜", "开工", "{start}"),
)


def phones(*names: str) -> Check:
    """The check that telephone numbers have the digits of one."""

    def check(row: Row, _ctx: Context) -> Iterator[CheckResult]:
        for name in names:
            found = re.findall(r"[\d][\d -]{5,}", row.get(name) or "")
            odd = [f for f in found if not PHONE.fullmatch(f.strip())]
            if row.get(name) and (odd or not found):
                yield CheckResult(name, {"value": row[name]})

    return ODD_PHONE.by(check)


def day(value: Value) -> str:
    """A day as sentences for users show it."""
    return f"{value.year}年{value.month}月{value.day}日"


def wan(value: Value) -> str:
    """A sum of money as sentences for users show it, in 万元."""
    return f"{value:,.2f}"


def same_as_before(form: str, *names: str) -> Check:
    """The check that a long text is not last period's text repeated."""

    def check(row: Row, ctx: Context) -> Iterator[CheckResult]:
        before = ctx.previous.get((form, row.get("line") or ""))
        for name in names:
            if before and row.get(name) and row[name] == before.get(name):
                yield CheckResult(name)

    return SAME_TEXT.by(check)


def repeated_text(form: Form, row: Row, ctx: Context) -> set[str]:
    """The names of the fields of a row whose text the checks report as last period's text repeated."""
    found = form.problems_of(form.complete(row, ctx), 1, ctx)
    return {p.field for p in found if p.code == SAME_TEXT.code}


def not_before(later: str, earlier: str) -> Check:
    """The check that one day or month is not before another."""

    def check(row: Row, ctx: Context) -> Iterator[CheckResult]:
        start, end = row.get(earlier), row.get(later)
        if start and end and end < start:
            yield CheckResult(later, {"start": start, "end": end})

    return ENDS_BEFORE_START.by(check)
