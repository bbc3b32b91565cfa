"""审核: every problem of a unit's period (审核问题), with the reason written for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from forms.checks import SAME_TEXT
from forms.field import Context, Row
from forms.form import Form
from forms.problem import (
    EMPTY_FORM,
    FILE_GONE,
    LEVELS,
    REASON_LENGTH,
    REQUIRED,
    ZERO_BUT_FILLED,
    Check,
    CheckResult,
    Problem,
)
from forms.states import Statement
from models.attachments import NamedAttachment, file_present, named
from models.plan.entries import Period
from models.store.change import Change
from models.store.store import record_id
from models.workspace import Workspace

ALL_ROWS, ALL_FIELDS = "整张表", "各栏"  # in place of row or column where a finding is on the sheet or line itself


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem of a unit's period and the reason given for it ('' if none)."""

    unit: str
    period: str
    problem: Problem
    reason: str = ""

    @property
    def settled(self) -> bool:
        """Whether it needs no more work: a hint, or one whose reason is long enough."""
        if self.problem.level == "D":
            return True
        return len(self.reason) >= REASON_LENGTH.get(self.problem.level, 10**6)

    @property
    def document(self) -> dict[str, Any]:
        """The object that `check --json` promises."""
        p = self.problem
        return {
            "unit": self.unit, "period": self.period, "form": p.form, "row": p.row, "field": p.field,
            "level": p.level, "code": p.code, "message": p.message, "reason": self.reason,
        }  # fmt: skip

    def line(self, space: Workspace) -> str:
        """The finding as `unit:form:row:column: message`."""
        p, form = self.problem, space.form(self.problem.form)
        label = form.field(p.field).label if p.field else ALL_FIELDS
        name = space.plan.unit(self.unit).short
        told = f"（已说明：{self.reason}）" if self.reason else ""
        return f"{name}:{form.title}:{p.row or ALL_ROWS}:{label}: {LEVELS[p.level]}　{p.message}{told}"


class Judged(NamedTuple):
    """The results of the checks of one line of a form (or, with no row, of the form itself), and the findings that are
    not settled; `full` is the row with its derived values. `depends_on` is what they depend on beside the line: the
    form's statement, equal lines, the reasons given.
    """

    row: Row | None
    number: int
    findings: tuple[Finding, ...]
    open_findings: tuple[Finding, ...]
    odd: bool  # it has open findings other than empty cells
    full: Row = {}  # noqa: RUF012 - never written to
    depends_on: tuple[Any, ...] = ()


class Judge:
    """The checks of a unit's period. `reasons` and `stated` are as the store has them."""

    def __init__(self, space: Workspace, unit: str, period: Period) -> None:
        self.space, self.unit, self.period = space, unit, period.id
        self.reasons: dict[str, dict[str, str]] = {}  # record → what is asked → the reason
        for r in space.store.rows("reasons", unit, period.id):
            self.reasons.setdefault(r["record"] or "", {})[r["line"]] = r["text"]
        self.stated = space.statements(unit, period.id)

    def lines(self, form: Form, ctx: Context, known: Mapping[str, Judged]) -> Iterator[Judged]:
        """The results of the checks line by line; `known` holds the earlier ones by record id: a line that has not
        changed since is not checked again.
        """
        rows, stated = ctx.rows[form.name], self.stated.get(form.name, "")
        if stated == Statement.ZERO or not rows:
            filled = stated == Statement.ZERO and rows and form.own
            told = [_form_problem(form, ZERO_BUT_FILLED, count=len(rows))] if filled else []
            yield self._judged(0, told if stated == Statement.ZERO else [_form_problem(form, EMPTY_FORM)])
            return
        beside = form.beside_others(rows, ctx)
        for n, row in enumerate(rows, 1):
            said = stated, beside.get(n, ()), self.reasons.get(row["id"])
            before = known.get(row["id"])
            if before is not None and before.row is row and before.number == n and before.depends_on == said:
                yield before
                continue
            full = form.complete(row, ctx)
            found = form.problems_of(full, n, ctx, beside.get(n, ()))
            found = [p for p in found if not (stated == Statement.UNCHANGED and p.code == SAME_TEXT.code)]
            yield self._judged(n, found, row, full, said)

    def missing_attachments(self, ctx: Context) -> list[Finding]:
        """A finding for each attachment whose file is missing."""
        named_ones = named(self.space.forms, ctx.rows)
        return [
            self._finding(_missing_attachment(n))
            for n in named_ones
            if not file_present(self.space.folder, n.file.sha256)
        ]

    def _judged(
        self,
        n: int,
        found: Sequence[Problem],
        row: Row | None = None,
        full: Row = {},  # noqa: B006 - never written to
        said: tuple[Any, ...] = (),
    ) -> Judged:
        findings = tuple(map(self._finding, found))
        left = tuple(f for f in findings if not f.settled)
        empty = {f.problem.field for f in left if f.problem.code == REQUIRED.code}
        return Judged(row, n, findings, left, any(f.problem.field not in empty for f in left), full, said)

    def _finding(self, problem: Problem) -> Finding:
        reasons = self.reasons.get(problem.record)
        return Finding(self.unit, self.period, problem, reasons.get(_line(problem), "") if reasons else "")


def check(space: Workspace, unit: str, period: Period, ctx: Context | None = None) -> list[Finding]:
    """All findings of a unit's period, in the order of forms and rows."""
    ctx, judge = ctx or space.context(unit, period), Judge(space, unit, period)
    found = [f for form in space.forms if form.expected(ctx) for j in judge.lines(form, ctx, {}) for f in j.findings]
    return [*found, *judge.missing_attachments(ctx)]


def _form_problem(form: Form, check: Check, **figures: object) -> Problem:
    """A problem of the form itself."""
    return check.problem(form.name, form.title, CheckResult("", figures))


def _missing_attachment(place: NamedAttachment) -> Problem:
    """An attachment whose file is not here any more."""
    found = CheckResult(place.field.name, {"name": place.file.name})
    return FILE_GONE.problem(place.form.name, place.field.label, found, place.number, place.row["id"])


def _line(problem: Problem) -> str:
    return f"{problem.form}/{problem.record}/{problem.field}/{problem.code}"


def give_reason(space: Workspace, finding: Finding, text: str) -> list[Change]:
    """The change that writes the reason for a finding; an empty text takes it back."""
    p = finding.problem
    id = record_id("reasons", finding.unit, finding.period, _line(p))
    now = space.store.row("reasons", id)
    if now is not None:
        return [
            Change("reasons", id, {"text": now["text"]}, {"text": text}) if text else Change("reasons", id, now, None)
        ]
    keys = {"id": id, "unit": finding.unit, "period": finding.period, "line": _line(p), "position": 0}
    about = {"form": p.form, "record": p.record or None, "field": p.field or p.form, "code": p.code, "text": text}
    return [Change("reasons", id, None, {**keys, **about})] if text else []


def earlier_reasons(space: Workspace, finding: Finding) -> list[tuple[str, str]]:
    """Reasons that the unit wrote for the same question before: name of the period and text, newest first, those for
    the same cell before others.
    """
    code, line = finding.problem.code, _line(finding.problem)
    here = space.plan.period(finding.period)
    before = sorted((p for p in space.plan.periods if p.end < here.start), key=lambda p: p.end, reverse=True)
    found = [(p.name, r) for p in before for r in space.store.rows("reasons", finding.unit, p.id) if r["code"] == code]
    found.sort(key=lambda f: f[1]["field"] != finding.problem.field or f[1]["line"] != line)
    return list({r["text"]: (name, r["text"]) for name, r in reversed(found)}.values())[::-1]
