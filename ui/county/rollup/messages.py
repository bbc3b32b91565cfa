"""Sentences of 汇总: the page's sentence, the line below it, and the totals of a node of the tree."""

from collections.abc import Sequence

from forms.states import ReportState
from models.county.aggregation import CountedRow
from models.county.consolidation import Consolidation
from models.county.rollup import TASK, Node, leaders, leads
from models.county.unit_states import conflict_notice
from ui.county.rollup.line_table import PART, figure, state

NAMED = 5  # units named that differ from the lead; the table has all of them


def sentence(whole: Consolidation) -> str:
    """The page's sentence: the progress of the actions compared with the time elapsed."""
    rows = [r for r in whole.progress_now() if r["lag"] is not None]
    slow = [r for r in rows if r["lag"] < 0]
    if not whole.contexts:
        return "还没有单位报来，没有可以汇总的"
    if not slow:
        return "各行动都不慢于序时" if rows else "报来的还没有任务进度"
    worst = min(slow, key=lambda r: r["lag"])
    name = next(a.name for a in whole.actions if a.id == worst["action"])
    if len(rows) == 1:
        return f"{name}慢于序时{-worst['lag']}个百分点"
    count = "都" if len(slow) == len(rows) else f"，{len(slow)}个"
    return f"{len(rows)}个行动{count}慢于序时；{name}差得最多，{-worst['lag']}个百分点"


def second(whole: Consolidation) -> str:
    """Period and number of units that reported; where none did, what to do."""
    came = len(whole.contexts)
    clash = conflict_notice(whole.states)
    absent = sum(s.state == ReportState.MISSING for s in whole.states)
    left = f"，{absent}个未报（上期数不计入）" if absent else ""
    hint = "" if came else "　请先收件：把各单位的上报包拖进窗口"
    return f"{whole.period.name}　已收{came}个单位{left}　序时进度{whole.expected}%{hint}" + (
        f"　{clash}" if clash else ""
    )


def totals(whole: Consolidation, node: Node, told_already: Sequence[str]) -> str:
    """The totals of a node, each with its label; empty sums are omitted. For a task that several units share: what the
    lead reports, and which units differ.
    """
    if node.note:
        return f"{node.note}，上期数不计入"
    told = []
    for f in node.form.fields:
        value = node.totals.get(f.name)
        if value is not None and f.kind.numeric and f.name not in told_already and (value or not f.total):
            told.append(f"{f.label}{f.kind.show(value)}{f.unit}")
    return "\n".join(t for t in ("　".join(told), _joint_progress(whole, node.entries)) if t)


def _joint_progress(whole: Consolidation, entries: Sequence[CountedRow]) -> str:
    """What the lead of a shared task reports, and which units differ; '' where the rows are not of one shared task."""
    ours = [e for e in entries if e.row.get(PART)]
    if len({e.row[TASK] for e in ours}) != 1 or len({e.unit.code for e in ours}) < 2:
        return ""
    lead = [e for e in ours if leads(whole, e)]
    if not lead:
        units = [whole.space.plan.unit(c).short for c in leaders(whole, ours[0].row[TASK])]
        return f"牵头的{'、'.join(units)}还没有报，下面都是配合单位报的" if units else ""
    others = [e for e in ours if e not in lead and _state_text(e) not in map(_state_text, lead)]
    told = "、".join(f"{e.unit.short}{_state_text(e)}" for e in lead)
    if not others:
        return f"牵头的{told}；配合单位报的一样"
    more = f"等{len(others)}家" if len(others) > NAMED else ""
    return f"牵头的{told}；报的不一样：{'、'.join(f'{e.unit.short}{_state_text(e)}' for e in others[:NAMED])}{more}"


def _state_text(e: CountedRow) -> str:
    """State and progress figure of a row."""
    return f"{state(e.form, e.row)}{figure(e.form, e.row)}"
