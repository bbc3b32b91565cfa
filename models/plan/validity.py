"""生效: from when a version of the plan is in force, and which version that was in a period.

A version is valid from the day or the period that its row 生效 names, from the beginning where it names none, and
besides in the periods that its row 勘误 names. Of the versions valid in a period the one kept last is in force, so that
no version that is valid from later on ever touches it.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from forms.dates import Day
from forms.plan_tables import PERIODS
from models.plan.entries import Period

SINCE, CORRECTS = "生效", "勘误"


class PeriodEnd(NamedTuple):
    """A period of a plan by its id, with its last day."""

    id: str
    end: date


class Version(NamedTuple):
    """A kept version of a plan: its digest, the day from which it is valid, the ids of the periods that it corrects, and
    its periods by id.
    """

    digest: str
    since: date
    corrects: tuple[str, ...]
    periods: Mapping[str, Period]

    def is_valid(self, period: PeriodEnd) -> bool:
        """Whether it is valid in a period."""
        return self.since <= period.end or period.id in self.corrects


def ids_in(text: str) -> tuple[str, ...]:
    """The ids that a cell lists."""
    return tuple(w for w in re.split(r"[、，,；;\s]+", text) if w)


def version_of(digest: str, texts: Mapping[str, str]) -> Version:
    """What a version's files say about when it is valid; they were checked when they were kept."""
    about = {r["项目"].strip(): r["内容"].strip() for r in _rows(texts["plan"])}
    rows = [{f.name: f.kind.parse(r.get(f.label, "")) for f in PERIODS.fields} for r in _rows(texts["periods"])]
    periods = {r["id"]: Period(**r) for r in rows}
    return Version(digest, first_day(about.get(SINCE, ""), periods), ids_in(about.get(CORRECTS, "")), periods)


def first_day(since: str, periods: Mapping[str, Period]) -> date:
    """The day that 生效 names, by a period's id or itself; the beginning of time for none."""
    if not since:
        return date.min
    day: date = periods[since].start if since in periods else Day().parse(since)
    return day


def _rows(text: str) -> list[dict[str, str]]:
    head, *lines = [line for line in csv.reader(io.StringIO(text, newline="")) if any(line)] or [[]]
    return [dict(zip([h.strip() for h in head], line, strict=False)) for line in lines]


def in_force(versions: Sequence[Version], period: PeriodEnd) -> Version | None:
    """The version in force in a period, of versions in the order in which they were kept; None where none of them has
    the period. Where none was valid yet the first that has it is taken: a computer that was not there from the beginning
    has no older one.
    """
    mine = [v for v in versions if period.id in v.periods]
    valid = [v for v in mine if v.is_valid(period)]
    return valid[-1] if valid else mine[0] if mine else None
