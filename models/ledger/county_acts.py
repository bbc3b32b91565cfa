"""县里的决定: what the county decided about a unit (核验, 不计入, 督办), as its receipts and hand-outs bring it; the newest file has
all of it. At the unit it stays in the ledger and is never written into the unit's own lines.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date

from forms.field import KEYS, Meaning, Row
from forms.form import Form
from forms.records import CONFIRMATIONS, EXCLUSIONS, SCORE_LINES, SCORE_SHEETS, SUPERVISIONS
from forms.states import DECISIONS, REQUESTS, Decision, Request
from forms.tasks import TASKS
from models.plan.entries import Period
from models.plan.plan import Plan
from models.store.store import Store

ACTS = (CONFIRMATIONS, EXCLUSIONS, SUPERVISIONS, SCORE_SHEETS, SCORE_LINES)  # forms that receipts and hand-outs carry
KEPT = "acts"  # key in the details of a package; the value has the rows of each form as canonical text
NEWEST = """SELECT about FROM packages WHERE unit=? AND way='in' AND kind IN ('receipt', 'handout')
    AND about LIKE '%"acts":%' ORDER BY made DESC, rowid DESC LIMIT 1"""


def written(forms: Mapping[str, tuple[Form, Sequence[Row]]]) -> dict[str, list[dict[str, str]]]:
    """Rows by form as canonical text, for the details of a package."""
    return {
        name: [
            {**{k: str(r[k]) for k in KEYS}, **{f.name: f.kind.write(r.get(f.name)) for f in form.stored}} for r in rows
        ]
        for name, (form, rows) in forms.items()
    }


def received(store: Store, unit: str, form: Form) -> list[Row]:
    """The rows of one form in the newest file of the county that has any of these forms; [] where none came."""
    found = store.conn.execute(NEWEST, (unit,)).fetchone()
    lines = json.loads(found[0])[KEPT].get(form.name, []) if found else []
    fields = {f.name: f.kind for f in form.stored}
    return [{n: fields[n].read(t) if n in fields else t for n, t in line.items()} for line in lines]


def decided(store: Store, unit: str) -> list[Row]:
    """The county's decisions on the requests of a unit: at the county its own records, at the unit what came of them."""
    return [*store.of_unit(CONFIRMATIONS.name, unit), *received(store, unit, CONFIRMATIONS)]


def allowed_dues(store: Store, plan: Plan, unit: str, period: Period) -> dict[str, date]:
    """By task line the later due day that the county allowed up to a period."""
    end = {p.id: p.end for p in plan.periods if p.end <= period.end}
    papers = sorted((r for r in decided(store, unit) if r["period"] in end), key=lambda r: end[r["period"]])
    agreed = [paper for paper in papers if (paper["kind"], paper["state"]) == (Request.DELAY, Decision.CONFIRMED)]
    return {paper["line"]: paper["due"] for paper in agreed if paper["due"]}


def decision_sentence(kind: Request, state: Decision, paper: Row) -> str:
    """A request and the county's decision on it in words, as every window and paper says it."""
    if state == Decision.WAITING:
        return "已报完成，待核验" if kind == Request.COMPLETION else f"申请{REQUESTS[kind]}，待县里定"
    day, due = paper.get("day"), paper.get("due")
    until = f"到{due.month}月{due.day}日" if due and state == Decision.CONFIRMED else ""
    when = f"（{day.month}月{day.day}日）" if day else ""
    what = (
        "核验通过"
        if (kind, state) == (Request.COMPLETION, Decision.CONFIRMED)
        else f"{DECISIONS[state]}{REQUESTS[kind]}"
    )
    return f"{what}{until}{when}" + (f"：{paper['text']}" if paper.get("text") else "")


def decision_on(store: Store, plan: Plan, row: Row, kind: Request | None, period: Period) -> Row:
    """At a unit: the county's newest decision, up to a period, on what one of its task lines asks; {} for none."""
    end = {p.id: p.end for p in plan.periods if p.end <= period.end}
    rows = [r for r in decided(store, row["unit"]) if r["period"] in end and r["line"] == row["line"]]
    paper = max(rows, key=lambda r: end[r["period"]], default={})
    asked = kind != Request.DELAY or paper.get("asked") == row.get(TASKS.means(Meaning.ASKED_DUE))
    return paper if paper.get("kind") == kind and asked else {}


def excluded(store: Store, unit: str, period: str) -> str:
    """At a unit: why the county excludes its figures of a period from the totals; "" where they count."""
    found = [paper["text"] for paper in received(store, unit, EXCLUSIONS) if paper["period"] == period]
    return str(found[0]) if found else ""
