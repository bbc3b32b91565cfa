"""What the county says about cells that this unit reported: its corrections (更正) and what it wrote about obstacles
(批办), as its receipts bring them. Nothing of it is ever written into the unit's own lines.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from forms.field import Context, Meaning, Row
from forms.form import Form
from forms.obstacles import OBSTACLES
from forms.states import Decision, FileKind, Way
from forms.task_requests import request_of
from forms.tasks import TASKS
from models.ledger.county_acts import decision_on, decision_sentence
from models.ledger.ledger import Ledger
from models.workspace import Workspace

Place = tuple[str, str, str]  # form, record, field


@dataclass(frozen=True)
class CountyFeedback:
    """One remark of the county: where it is marked, and its words; `whole` where it concerns the line itself."""

    place: Place
    text: str
    of_row: bool = False
    decision: bool = False  # on what the line asks (核验); the unit's value stands as it is


def county_feedback(space: Workspace, ctx: Context) -> dict[Place, CountyFeedback]:
    """By place what the county's newest receipt has on the unit's period, where the unit's value still differs."""
    forms = {f.name: f for f in space.forms}
    item = _newest(space, ctx)
    found = [*_corrected(forms, ctx, item.get("notes") or ()), *_decided(forms, ctx, item.get("obstacles") or ())]
    found += _confirmed(space, ctx)
    return {t.place: t for t in reversed(found)}  # of two about one cell the first one counts


def sentence(found: Iterable[CountyFeedback], form: str) -> str:
    """How many remarks there are on a form, for the strip above it; "" for none."""
    here = [t for t in found if t.place[0] == form]
    lines, decisions = sum(t.of_row for t in here), sum(t.decision for t in here)
    cells = len(here) - lines - decisions
    parts = (
        [f"更正了{cells}格"] * bool(cells)
        + [f"批办了{lines}行"] * bool(lines)
        + [f"核验了{decisions}行"] * bool(decisions)
    )
    return f"县里{'，'.join(parts)}，格上标＊，选中可看；本单位填的没有动" if parts else ""


def _newest(space: Workspace, ctx: Context) -> Mapping[str, Any]:
    """What the newest receipt with this period in it says about the period."""
    receipts = enumerate(Ledger(space.store).of(ctx.unit, "", FileKind.RECEIPT, Way.IN))
    items = [
        (p.made, n, i) for n, p in receipts for i in p.about.get("items") or () if i.get("period") == ctx.period.id
    ]
    return max(items, key=lambda found: found[:2], default=("", 0, {}))[2]


def _corrected(forms: Mapping[str, Form], ctx: Context, notes: Iterable[Mapping[str, Any]]) -> Iterator[CountyFeedback]:
    for note in notes:
        form, record, field = note.get("place") or ("", "", "")  # older counties did not say it
        value, why = str(note.get("value") or ""), str(note.get("reason") or "")
        if form in forms and (row := _row(ctx, form, record)):
            yield from _differing(forms[form], row, field, str(note.get("canonical") or ""), value, why)


def _decided(forms: Mapping[str, Form], ctx: Context, papers: Iterable[Mapping[str, Any]]) -> Iterator[CountyFeedback]:
    """What the county wrote about an obstacle itself, and its values in place of the unit's own cells."""
    form = forms.get(OBSTACLES.name)
    for paper in papers:
        row = _row(ctx, OBSTACLES.name, str(paper.get("record") or ""))
        if form is None or row is None:
            continue
        yield CountyFeedback(
            (form.name, row["id"], form.fields[0].name), f"县里批办　{paper.get('told') or ''}", of_row=True
        )
        for name, (canonical, shown) in dict(paper.get("cells") or {}).items():
            yield from _differing(form, row, name, canonical, shown, "批办")


def _confirmed(space: Workspace, ctx: Context) -> Iterator[CountyFeedback]:
    """What the county decided about the requests in the task lines, on the status."""
    period, status = space.plan.period(ctx.period.id), TASKS.means(Meaning.STATUS)
    for row in ctx.rows.get(TASKS.name, ()):
        kind = request_of(space.plan.find("status", row.get(status) or ""))
        paper = decision_on(space.store, space.plan, row, kind, period) if kind else {}
        if kind and paper:
            text = f"县里{decision_sentence(kind, Decision(paper['state']), paper)}"
            yield CountyFeedback((TASKS.name, row["id"], status), text, decision=True)


def _differing(form: Form, row: Row, name: str, canonical: str, shown: str, why: str) -> Iterator[CountyFeedback]:
    field = form.find(name)
    if field is None or field.kind.write(row.get(name)) == canonical:
        return
    ours = field.kind.show(row.get(name)) or "（空）"
    yield CountyFeedback((form.name, row["id"], name), f"县里核定{shown or '（空）'}，本单位报{ours}：{why}")


def _row(ctx: Context, form: str, record: str) -> Row | None:
    return next((r for r in ctx.rows.get(form, ()) if r["id"] == record), None)
