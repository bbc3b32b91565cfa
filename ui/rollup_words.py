"""What 汇总 says in words: the sentence of the page, the line below it, and what a place of the tree comes to."""

from collections.abc import Sequence

from models.consolidation import Consolidation
from models.rollup import Node


def sentence(whole: Consolidation) -> str:
    """What matters first: how the actions stand against the time gone."""
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
    """Period, how many have reported, and what to do where nobody has."""
    came = len(whole.contexts)
    absent = len(whole.units) - came
    left = f"，{absent}个未报（上期数不计入）" if absent else ""
    hint = "" if came else "　请先收件：把各单位的上报包拖进窗口"
    return f"{whole.period.name}　已收{came}个单位{left}　序时进度{whole.expected}%{hint}"


def totals(node: Node, told_already: Sequence[str]) -> str:
    """What a place comes to: each figure with its heading; sums of nothing are left out."""
    if node.note:
        return f"{node.note}，上期数不计入"
    told = []
    for f in node.form.fields:
        value = node.totals.get(f.name)
        if value is not None and f.kind.align == "right" and f.name not in told_already and (value or not f.total):
            told.append(f"{f.label}{f.kind.show(value)}{f.unit}")
    return "　".join(told)
