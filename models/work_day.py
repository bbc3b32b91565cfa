"""示例日期: the day by which a workspace judges its work — this PC's, or that of its sample data."""

from datetime import date, datetime

from forms.field import Row
from models.plan.entries import Period
from models.store.clock import now_on


class WorkDay:
    """The days and times of a workspace. What is judged by a day (late, overdue, how long something is open) and what the
    ledger and the papers say follow it. History, backups, keys and the order of hand-outs are of this PC's clock, for they
    tell what really was before what.
    """

    @property
    def settings(self) -> Row:
        """The settings record."""
        raise NotImplementedError

    @property
    def period(self) -> Period:
        """The current period."""
        raise NotImplementedError

    @property
    def sample_day(self) -> date | None:
        """示例日期: the day on which a workspace of sample data lives; None in a real one."""
        now = self.settings
        return (now.get("sample_day") or self.period.sample_day) if now.get("sample") == "yes" else None

    @property
    def now(self) -> datetime:
        """The moment by which the work here is judged and noted."""
        return now_on(self.sample_day)

    @property
    def today(self) -> date:
        """The day of `now`."""
        return self.now.date()

    @property
    def stamp(self) -> str:
        """`now` in the ledger's format."""
        return self.now.isoformat(timespec="seconds")
