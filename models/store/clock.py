"""The time of day: nothing else asks this PC for it. Clocks are wrong at times: nothing is ordered by them."""

import os
from datetime import date, datetime, timedelta

FIXED = "QINGDAN_CLOCK"  # a fixed time for this run, in ISO 8601 with its time zone: pictures, trials
SLACK = timedelta(days=1)


def now_here() -> datetime:
    """The moment in this PC's time zone; the one that the environment names in QINGDAN_CLOCK where it does."""
    fixed = os.environ.get(FIXED)
    return datetime.fromisoformat(fixed) if fixed else datetime.now().astimezone()


def now_on(day: date | None) -> datetime:
    """The moment in this PC's time zone, at this time of another day where one is given: sample data have their own."""
    now = now_here()
    return now.replace(year=day.year, month=day.month, day=day.day) if day else now


def today_here() -> date:
    """The day on this PC's clock."""
    return now_here().date()


def behind(newest: str) -> str:
    """A sentence where the PC's clock is before the newest time written here (ISO 8601, '' for none); '' otherwise."""
    if not newest:
        return ""
    late = datetime.fromisoformat(newest) - now_here()
    if late < SLACK:
        return ""
    return f"这台电脑的时间比上次填报时早了{late.days}天，请校准时间；内容不受影响，只是记录里的时间不准。"
