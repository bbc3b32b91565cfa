"""报送情况: a row per unit with its state, what came, and what is wrong with it."""

from collections import Counter
from decimal import Decimal

from forms.kind import Value
from forms.problem import STRICT
from forms.states import ReportState
from models.county.consolidation import Consolidation
from models.county.unit_states import UnitState
from models.plan.entries import Period
from models.workspace import Workspace


def standings(whole: Consolidation) -> list[dict[str, Value]]:
    """A row per unit for 报送情况, the kinds of units together."""
    open_ones = Counter(r["unit"] for r in whole.open_obstacles())
    rows = [_standing(whole, s, open_ones) for s in whole.states]
    order = {kind: n for n, kind in enumerate(dict.fromkeys(r["unit_kind"] for r in rows))}
    return sorted(rows, key=lambda r: order[r["unit_kind"]])


def _standing(whole: Consolidation, s: UnitState, open_ones: Counter[str]) -> dict[str, Value]:
    notes = ["两版相撞，" + ("暂按商定过的" if s.revision else "没有计入")] * (s.state == ReportState.CONFLICT)
    notes += [f"不计入：{s.excluded}"] * bool(s.excluded)
    notes += [f"本办更正待定{s.contested}格"] * bool(s.contested)
    notes += ["方案版本旧"] * s.old_plan + ["未验证"] * (not s.verified)
    faults = [f for f in whole.findings.get(s.unit.code, ()) if f.problem.level in STRICT]
    source = whole.sources.get(s.unit.code)
    return {
        "id": s.unit.code, "unit_kind": s.unit.kind, "unit": s.unit.code, "state": s.state,
        "revision": Decimal(s.revision) if s.revision else None,
        "code": source.about.get("code") if source else None,
        "received": s.received[:16].replace("T", " ") or None,
        "findings": Decimal(len(faults)), "obstacles": Decimal(open_ones[s.unit.code]),
        "note": "、".join(notes) or None,
    }  # fmt: skip


def strict_problems(space: Workspace, period: Period) -> dict[str, int]:
    """By unit code the number of problems of a strict level that are not settled, of units left out too."""
    found = Consolidation(space, period, excluded_too=True).findings
    return {code: sum(f.problem.level in STRICT and not f.settled for f in some) for code, some in found.items()}
