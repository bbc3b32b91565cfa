"""A unit's period now (本期): its lines and findings, followed edit by edit.

Reading and checking all of it after each key stroke would take seconds where a form has ten thousand lines. Lines that
an edit does not touch are kept as the very same objects, so that a follower can see at once what changed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import cast

from forms.field import KEYS, Context, Row
from forms.form import Form
from forms.kind import Value
from models.plan.entries import Period
from models.reporting.check import Finding, Judge, Judged
from models.reporting.report import Report, arranged
from models.store.change import Change
from models.workspace import Workspace

Rows = list[dict[str, Value]]


class LivePeriod:
    """An immutable state of the period: `after` returns the state after an edit. The checks run when first asked for,
    or step by step by `judging`.
    """

    def __init__(
        self, space: Workspace, unit: str, period: Period, ctx: Context, stored: Mapping[str, set[str]]
    ) -> None:
        self.space, self.unit, self.period, self.ctx, self.stored = space, unit, period, ctx, stored
        self.before: LivePeriod | None = None  # whose findings may still be valid
        self._judged: dict[str, dict[str, Judged]] | None = None

    @classmethod
    def read(cls, space: Workspace, unit: str, period: Period) -> "LivePeriod":
        """The period as the store has it."""
        space = space.at(period)
        stored = {f.name: space.store.ids(f.name, unit, period.id) for f in space.forms}
        return cls(space, unit, period, space.context(unit, period), stored)

    def report(self, form: Form) -> Report:
        """The lines of a form, for reading and editing."""
        return Report(form, self.ctx, self._rows(form), self.stored[form.name])

    def _rows(self, form: Form) -> Rows:
        return cast("Rows", self.ctx.rows[form.name])

    ## what the checks find

    def judging(self) -> Iterator[None]:
        """Make the checks, line by line."""
        judge, judged = Judge(self.space, self.unit, self.period), dict[str, dict[str, Judged]]()
        for form in self.space.forms:
            if form.expected(self.ctx):
                judged[form.name] = lines = {}
                for line in judge.lines(form, self.ctx, self._known(form.name)):
                    lines[line.row["id"] if line.row else ""] = line
                    yield
        self._missing = judge.missing_attachments(self.ctx)
        self._missing_open = [f for f in self._missing if not f.settled]
        self._judged, self.before = judged, None

    def _known(self, form: str) -> Mapping[str, Judged]:
        """The earlier results of the same form, by record."""
        return self.before.judged.get(form, {}) if self.before else {}

    @property
    def judged(self) -> Mapping[str, Mapping[str, Judged]]:
        """The results of the checks: form → record ("" for the form itself) → result."""
        if self._judged is None:
            for _ in self.judging():
                pass
        return self._judged or {}

    @cached_property
    def findings(self) -> list[Finding]:
        """All findings, in the order of forms and lines."""
        found = [f for lines in self.judged.values() for j in lines.values() for f in j.findings]
        return [*found, *self._missing]

    @cached_property
    def open_findings(self) -> list[Finding]:
        """The findings that are not settled yet."""
        return [
            *(f for lines in self.judged.values() for j in lines.values() for f in j.open_findings),
            *self._missing_open,
        ]

    @cached_property
    def _of_forms(self) -> dict[str, dict[str, tuple[Finding, ...]]]:
        return {}

    def findings_of(self, form: str) -> Mapping[str, tuple[Finding, ...]]:
        """The findings of a form by record."""
        if form not in self._of_forms:
            told = {record: j.findings for record, j in self.judged.get(form, {}).items() if j.findings}
            for f in self._missing:
                if f.problem.form == form:
                    told[f.problem.record] = (*told.get(f.problem.record, ()), f)
            self._of_forms[form] = told
        return self._of_forms[form]

    @cached_property
    def open_count(self) -> int:
        """The number of open findings."""
        return sum(len(j.open_findings) for lines in self.judged.values() for j in lines.values()) + len(
            self._missing_open
        )

    def odd_lines(self, form: str) -> set[str]:
        """The records of a form that have open findings other than empty cells."""
        lines = {record for record, j in self.judged.get(form, {}).items() if j.odd}
        return lines | {f.problem.record for f in self._missing_open if f.problem.form == form}

    def completed(self, form: Form) -> list[Row]:
        """The lines of a form with their derived values; a line that did not change is the same object as before."""
        rows, known = self._rows(form), self.judged.get(form.name, {})
        if len(known) == len(rows) and "" not in known:
            return [j.full for j in known.values()]
        return [form.complete(r, self.ctx) for r in rows]  # a form that is not checked line by line

    def open_lines(self, form: str) -> set[str]:
        """The records of a form that have open findings."""
        lines = {record for record, j in self.judged.get(form, {}).items() if j.open_findings}
        return lines | {f.problem.record for f in self._missing_open if f.problem.form == form}

    @cached_property
    def open(self) -> dict[tuple[str, str], tuple[Row | None, tuple[Finding, ...]]]:
        """The open findings line by line: (form, record) → the line and its findings."""
        told: dict[tuple[str, str], tuple[Row | None, tuple[Finding, ...]]] = {
            (form, record): (j.row, j.open_findings)
            for form, lines in self.judged.items()
            for record, j in lines.items()
            if j.open_findings
        }
        for f in self._missing_open:
            key = f.problem.form, f.problem.record
            row = next(r for r in self.ctx.rows[key[0]] if r["id"] == key[1])
            told[key] = row, (*(told[key][1] if key in told else ()), f)
        return told

    ## following

    def after(self, changes: Sequence[Change]) -> "LivePeriod | None":
        """The state of the period once the changes are written; None where they concern lines that are not in it."""
        rows, stored = dict(self.ctx.rows), dict(self.stored)
        for name in dict.fromkeys(c.form for c in changes if c.form in rows):
            followed = self._followed(self.space.form(name), [c for c in changes if c.form == name])
            if followed is None:
                return None
            rows[name], stored[name] = followed
        found = LivePeriod(self.space, self.unit, self.period, replace(self.ctx, rows=rows), stored)
        found.before = self
        return found

    def _followed(self, form: Form, changes: Sequence[Change]) -> tuple[Rows, set[str]] | None:
        """The lines of a form and the ids of the stored ones after changes; lines without a change are the same."""
        now = self._rows(form)
        rows, stored, moved = {r["id"]: r for r in now}, set(self.stored[form.name]), False
        empty, order = dict.fromkeys((*KEYS, *(f.name for f in form.stored))), _order(form)
        for c in changes:
            here = c.after and (c.after.get("unit"), c.after.get("period")) == (self.unit, self.period.id)
            old = rows.get(c.id)
            if not (here if c.before is None else c.id in stored):
                return None
            if c.after is None:
                stored.remove(c.id)
                del rows[c.id]
                moved = True
            else:
                rows[c.id] = {**(empty if c.before is None else old or {}), **c.after}
                stored.add(c.id)
                moved = moved or old is None or any(old.get(n) != v for n, v in c.after.items() if n in order)
        if not moved:
            return [rows[r["id"]] for r in now], stored
        placed = arranged(form, self.ctx, [r for id, r in rows.items() if id in stored])
        return [old if (old := rows.get(r["id"])) == r else r for r in placed], stored


def _order(form: Form) -> set[str]:
    """The fields that decide the place of a line."""
    group = form.field(form.group) if form.group else None
    derived = group is not None and not group.stored
    return {"position", *((f.name for f in form.stored) if derived else [form.group])}
