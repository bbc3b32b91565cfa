"""审核: every problem of a unit's period, with the reason written for it."""

from dataclasses import dataclass
from typing import Any

from forms.form import Context, Form
from forms.problem import LEVELS, REASON_LENGTH, Problem, level, sentence
from models.attachments import Named, is_here, named
from models.entries import Period
from models.store import Change, record_id
from models.workspace import Workspace

NOWHERE = "—"  # in place of row or column where a finding is about the whole sheet or line


@dataclass(frozen=True)
class Finding:
    """A problem of a unit's period and the reason given for it ('' if none)."""

    unit: str
    period: str
    problem: Problem
    reason: str = ""

    @property
    def settled(self) -> bool:
        """Whether it no longer stands in the way: a hint, or one whose reason is long enough."""
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
        label = form.field(p.field).label if p.field else NOWHERE
        name = space.plan.unit(self.unit).short
        told = f"（已说明：{self.reason}）" if self.reason else ""
        return f"{name}:{form.title}:{p.row or NOWHERE}:{label}: {LEVELS[p.level]}　{p.message}{told}"


def check(space: Workspace, unit: str, period: Period, ctx: Context | None = None) -> list[Finding]:
    """Everything the checks find, in the order of forms and rows."""
    ctx = ctx or space.context(unit, period)
    reasons = {r["line"]: r["text"] for r in space.store.rows("reasons", unit, period.id)}
    stated = space.statements(unit, period.id)
    found = [p for form in space.forms if form.expected(ctx) for p in _problems(form, ctx, stated.get(form.name, ""))]
    found += [_gone(n) for n in named(space.forms, ctx.rows) if not is_here(space.folder, n.file.sha256)]
    return [Finding(unit, period.id, p, reasons.get(_line(p), "")) for p in found]


def _problems(form: Form, ctx: Context, stated: str) -> list[Problem]:
    rows = ctx.rows[form.name]
    if stated == "zero":
        return [_whole(form, "zero_but_filled", count=len(rows))] if rows and form.own else []
    found = form.problems(rows, ctx) if rows else [_whole(form, "empty_form")]
    return [p for p in found if not (stated == "unchanged" and p.code == "same_text")]


def _whole(form: Form, code: str, **figures: object) -> Problem:
    """A problem of the form as a whole."""
    return Problem(level(code), code, form.name, 0, "", "", sentence(code, form.title, figures))


def _gone(place: Named) -> Problem:
    """An attachment whose file is not here any more."""
    message = sentence("file_gone", place.field.label, {"name": place.file.name})
    code = "file_gone"
    return Problem(level(code), code, place.form.name, place.number, place.row["id"], place.field.name, message)


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
