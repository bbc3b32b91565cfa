"""收到的日子和月份: the day on which a file was received, and whether its month is the one that is asked for now."""

from dataclasses import replace
from datetime import date

from exports.incoming.outcome import TAKEN, Outcome
from forms.dates import Day
from forms.kind import Unreadable
from forms.typed_text import understand
from models.errors import UserError
from models.ledger.ledger import Ledger
from models.store.clock import today_here
from models.workspace import Workspace

MONTH = "month"  # the question whether a file of another month than the current one is to be taken in
SAY_YES = f"确实要收的，请加 --yes={MONTH} 再装一次"


def received_day(typed: str, space: Workspace | None) -> date | None:
    """The day that somebody typed (2024-10-25, 10月25日); None for none. Raises UserError."""
    try:
        day: date | None = Day().parse(understand(Day(), typed, "", space.plan.year if space else None))
    except Unreadable as why:
        raise UserError("received.unreadable", why=why) from None
    today = space.today if space else today_here()
    if day and day > today:
        raise UserError("received.future", day=typed)
    return day


def counted_day(today: date, given: date | None, mailed: date | None) -> tuple[date | None, str]:
    """The day on which a file was received, None for today, and the sentence where it is another day: the one given,
    else that of its mail where it is earlier.
    """
    if given is not None:
        return (None, "") if given == today else (given, f"按{_words(given)}收到算")
    if mailed is not None and mailed < today:
        return mailed, f"邮件是{_words(mailed)}发出的，按这一天收到算"
    return None, ""


def _words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def with_received(space: Workspace, found: Outcome, given: date | None, mailed: date | None, dry_run: bool) -> Outcome:
    """The outcome of a submission with its day noted in the ledger, and said where it is not today."""
    day, told = counted_day(space.today, given, mailed)
    if day is None or found.result not in TAKEN:
        return found
    ledger = Ledger(space.store)
    package = None if dry_run else ledger.get(found.package)
    if package is not None:
        ledger.keep(replace(package, received=day.isoformat()))
    would = replace(found.would, received=day.isoformat()) if found.would else None
    return replace(found, message=f"{told}；{found.message}", would=would)


def other_month(space: Workspace, period: str) -> str:
    """The sentence where a submission is of another period than the current one; "" where it is of that, or of one that
    cannot be taken in anyway.
    """
    named = space.plan.find("periods", period)
    if named is None or named.id == space.period.id or space.is_closed(named.id):
        return ""
    return f"这是{named.name}的，不是当前的{space.period.name}"
