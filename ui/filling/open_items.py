"""待办: what still has to be done, item by item: the county's comments first, then each line with its open findings."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from forms.field import Field, Row
from forms.form import Form
from forms.problem import EMPTY_FORM, LEVELS, REQUIRED
from models.reporting.check import Finding
from ui.session import Session
from ui.widgets.marks import Sign

WORDS = 22  # characters of a line's first column in a title
SPOKEN: Mapping[str, str] = {Sign.BACK: "退回", Sign.TODO: "没填", **LEVELS}


@dataclass(frozen=True)
class OpenItem:
    """One item: its form, its line, the findings on it, the county's comment."""

    form: Form
    row: Row | None
    findings: tuple[Finding, ...] = ()
    comment: Row | None = None
    single: bool = False  # one finding only, whatever else is open in its line

    @property
    def key(self) -> tuple[str, ...]:
        """Identifies the item, also after part of it was done."""
        record = str(self.row["id"]) if self.row else ""
        if self.comment is not None:
            return self.form.name, record, str(self.comment["id"])
        problem = self.findings[0].problem
        return (self.form.name, record, problem.field, problem.code) if self.single else (self.form.name, record)

    @property
    def place(self) -> tuple[str, str, str]:
        """The cell to go to: form, record, field."""
        if self.comment is not None:
            return self.form.name, self.comment["record"] or "", self.comment["field"] or ""
        return self.form.name, self.key[1], self.findings[0].problem.field

    @property
    def mark(self) -> str:
        """The name of its sign: back, or the worst level; todo for cells that are only empty."""
        if self.comment is not None:
            return Sign.BACK
        blank = all(f.problem.code in (REQUIRED.code, EMPTY_FORM.code) for f in self.findings)
        return Sign.TODO if blank else min(f.problem.level for f in self.findings)

    @property
    def where(self) -> str:
        """Its place in words: 任务清单 第4行."""
        number = next((f.problem.row for f in self.findings), 0) or (self.comment["row"] if self.comment else 0)
        return f"{self.form.title}{f'　第{number}行' if number and not self.form.record else ''}"

    @property
    def subject(self) -> str:
        """The words of its line's first column."""
        if self.row is None or self.form.record:
            return ""
        first = next((f for f in self.form.fields if f.name != self.form.group), None)
        text = first.kind.show(self.row.get(first.name)) if first else ""
        return text if len(text) <= WORDS else text[: WORDS - 1] + "…"

    @property
    def title(self) -> str:
        """What is wrong, on one line."""
        what = self._what()
        return f"{self.subject}：{what}" if self.subject and what else what or self.subject

    def _what(self) -> str:
        if self.comment is not None:
            return f"县里退回：{self.comment['text']}"
        blank = [self.form.field(f.problem.field).label for f in self.findings if f.problem.code == REQUIRED.code]
        rest = [f.problem.message for f in self.findings if f.problem.code != REQUIRED.code]
        labels = "、".join(blank[:4]) + (f"等{len(blank)}栏" if len(blank) > 4 else "")
        return "；".join([f"{labels}没有填"] * bool(blank) + rest[:1])

    def fields(self) -> list[Field]:
        """The fields that can be filled in on the item."""
        names = [self.comment["field"]] if self.comment is not None else []
        names += [f.problem.field for f in self.findings]
        known = [self.form.find(n) for n in dict.fromkeys(names) if n]
        return [f for f in known if f is not None and f.editable and self.row is not None]


def open_items(session: Session, most: int | None = None) -> list[OpenItem]:
    """The open items of the session's unit and period: at most so many, or all. None once the period is locked."""
    if session.lock.shut:
        return []
    lines, form, out = dict(session.now.open), session.space.form, []
    for c in session.returned:
        key = (c["form"], c["record"] or "")
        rows = session.ctx.rows.get(key[0], ())
        _, found = lines.pop(key, (None, ()))
        out.append(OpenItem(form(c["form"]), next((r for r in rows if r["id"] == key[1]), None), found, c))
    rest = islice(lines.items(), None if most is None else max(most - len(out), 0))
    return out + [OpenItem(form(name), row, found) for (name, _), (row, found) in rest]


def counts(session: Session) -> Counter[str]:
    """The number of open items by form name."""
    told = Counter[str]()
    for form in session.space.forms if not session.lock.shut else ():
        back = [c["record"] or "" for c in session.returned if c["form"] == form.name]
        told[form.name] = len(back) + len(session.now.open_lines(form.name) - set(back))
    return told


def one_by_one(session: Session, findings: Sequence[Finding], most: int | None = None) -> list[OpenItem]:
    """An item per finding, the worst first, settled ones last; at most so many, or all."""
    ordered = sorted(findings, key=lambda f: (f.settled, f.problem.level))[:most]
    wanted = {f.problem.record for f in ordered}
    rows = {(form, r["id"]): r for form, lines in session.ctx.rows.items() for r in lines if r["id"] in wanted}
    space = session.space
    return [
        OpenItem(space.form(f.problem.form), rows.get((f.problem.form, f.problem.record)), (f,), None, True)
        for f in ordered
    ]


def last_values(session: Session, thing: OpenItem) -> str:
    """Last period's values of the item's cells, on one line; '' without any."""
    before = session.ctx.before(thing.form, thing.row) if thing.row else None
    told = [(f.label, f.kind.show(before.get(f.name))) for f in thing.fields()] if before else []
    return "上期　" + "　".join(f"{label} {text}" for label, text in told if text) if any(t for _, t in told) else ""


def level_name(thing: OpenItem) -> str:
    """The name of its sign in Chinese, for screen readers."""
    return SPOKEN[thing.mark]
