"""Lines that count (算数的行), and one figure made of those of several units, in the way that the plan says (汇总)."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from forms.field import Meaning, Row
from forms.form import Form
from forms.indicators import INDICATORS
from forms.kind import Value
from models.ledger.ledger import Package, Standing
from models.plan.entries import Unit
from models.plan.plan import Plan

TENTH = Decimal("0.1")
BY_CODE = ("contexts", "corrections", "sources", "findings")  # what a consolidation reads by code of the unit
INDICATOR, TOTAL = INDICATORS.means(Meaning.ENTRY), INDICATORS.means(Meaning.FIGURE)


@dataclass(frozen=True)
class CountedRow:
    """One line that counts: its form, its unit, and the complete row with its id."""

    form: Form
    unit: Unit
    row: Row


Sources = Mapping[str, Package]  # by unit code the submission from which its lines come


def aggregate(plan: Plan, sources: Sources, entries: Sequence[CountedRow], name: str) -> Value:
    """One value for the field `name` of an indicator's lines: added up, the latest to arrive, or weighted, as the plan
    says of the indicator; None where no line has one, or where the plan has no such indicator.
    """
    indicator = plan.find("indicators", entries[0].row[INDICATOR] or "")
    given = [e for e in entries if e.row.get(name) is not None]
    return WAYS[indicator.rollup](plan, sources, given, name) if indicator and given else None


def _sum(_plan: Plan, _sources: Sources, given: Sequence[CountedRow], name: str) -> Value:
    return sum(e.row[name] for e in given)


def _last(_plan: Plan, sources: Sources, given: Sequence[CountedRow], name: str) -> Value:
    return max(given, key=lambda e: (_made(sources.get(e.unit.code)), e.unit.code)).row[name]


def _made(source: Package | None) -> str:
    return source.made if source else ""


def _weighted(plan: Plan, _sources: Sources, given: Sequence[CountedRow], name: str) -> Value:
    """The mean by the weights of the plan's list `weight` (unit code, weight); all the same where it has none."""
    weights = {o.id: Decimal(o.name) for o in plan.lists.get("weight", ())}
    pairs = [(e.row[name], weights.get(e.unit.code, Decimal(1))) for e in given]
    over = sum((w for _, w in pairs), Decimal(0))
    return (sum(v * w for v, w in pairs) / over).quantize(Decimal("0.0001")) if over else None


WAYS: dict[str, Callable[[Plan, Sources, Sequence[CountedRow], str], Value]] = {
    "sum": _sum, "last": _last, "weighted": _weighted,
}  # fmt: skip


def added(figures: Iterable[Value]) -> Decimal:
    """The sum of the figures that are given."""
    return sum((f for f in figures if f is not None), Decimal(0))


def average(figures: Sequence[Value]) -> Decimal | None:
    """The mean of the figures that are given, to a tenth; None where there is none."""
    given = [f for f in figures if f is not None]
    return (sum(given) / len(given)).quantize(TENTH) if given else None


def source_of(stands: Standing) -> Package | None:
    """The submission that counts; after a conflict was settled cell by cell, with the version codes of all it was made
    of.
    """
    counts, decision = stands.counts, stands.decision
    if counts is None or decision is None or not decision.about.get("patch"):
        return counts
    heads = [p for p in stands.all if p.id in decision.ancestors]
    codes = "＋".join(str(h.about.get("code") or h.id[:8]) for h in heads)
    return replace(counts, about={**counts.about, "code": f"逐格选定：{codes}"})


def read_of(read: Mapping[str, Any], codes: Collection[str]) -> dict[str, Any]:
    """Of what a consolidation has read already the parts that are of these units."""
    found: dict[str, Any] = {n: {c: v for c, v in read[n].items() if c in codes} for n in BY_CODE if n in read}
    if "states" in read:
        found["states"] = [s for s in read["states"] if s.unit.code in codes]
    if "earlier_obstacles" in read:
        found["earlier_obstacles"] = [e for e in read["earlier_obstacles"] if e.unit.code in codes]
    return found
