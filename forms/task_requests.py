"""请示: what a unit asks the county with the status of a task line, and the checks of the day that it asks for."""

from collections.abc import Iterator
from datetime import date

from forms.checks import day
from forms.dates import day_of
from forms.field import Context, Row
from forms.kind import Option
from forms.problem import Check, CheckResult
from forms.states import Mark, Request


def status_of(row: Row, ctx: Context) -> Option | None:
    """The option of the row's status in the plan, or None."""
    return ctx.plan.find("status", row.get("status") or "") or None


def request_of(status: Option | None) -> Request | None:
    """What a status asks of the county: what the plan says of it, else a status with the mark `done` a confirmation."""
    if status is None:
        return None
    return Request(status.asks) if status.asks else Request.COMPLETION if status.mark == Mark.DONE else None


def asked_day_given(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """Who asks for a delay says until when."""
    status = status_of(row, ctx)
    if status and request_of(status) == Request.DELAY and not row.get("asked_due"):
        yield CheckResult("asked_due", {"status": status.name})


def asked_day_is_later(row: Row, _ctx: Context) -> Iterator[CheckResult]:
    """A delay is asked for until a later day than the one in the line; a day that was allowed is no fault of it."""
    asked, due = row.get("asked_due"), day_of(row.get("due"))
    if asked and due and asked <= due:
        yield CheckResult("asked_due", {"asked": day(asked), "due": day(due)})


def asked_day_is_asked(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """A later day alone asks for nothing: the status does."""
    status = status_of(row, ctx)
    if status and row.get("asked_due") and request_of(status) != Request.DELAY:
        yield CheckResult("status", {"status": status.name, "asked": day(row["asked_due"])})


def due_of(row: Row, ctx: Context) -> date | None:
    """The due day of a line: the later one that the county allowed, else the one written in it; None for words."""
    return ctx.dues.get(row.get("line") or "") or day_of(row.get("due"))


REQUEST_CHECKS = (
    Check(
        "no_asked_day",
        "A",
        "状态是“{status}”，“{label}”没有写，请写申请推迟到哪一天",
        "申请延期的，要写明推迟到哪一天，县里才能定。",
        function=asked_day_given,
    ),
    Check(
        "asked_day_early",
        "A",
        "申请推迟到{asked}，不晚于现在的时限{due}，请改过来",
        "申请的时限要晚于现在的时限。",
        sides=("申请完成时限", "{asked}", "≤", "完成时限", "{due}"),
        function=asked_day_is_later,
    ),
    Check(
        "asked_day_alone",
        "B",
        "写了申请完成时限{asked}，状态却是“{status}”；要延期的请改状态，不延期的请删去",
        "只写时限、不改状态，县里看不到申请。",
        function=asked_day_is_asked,
    ),
)
