"""收件 before it is taken: what the files of one load come to together, where each was judged as if it came alone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from models.ledger.ledger import Ledger, Package, Standing, standing
from models.workspace import Workspace

if TYPE_CHECKING:
    from exports.incoming.load import Arrival


def together(space: Workspace, found: Sequence["Arrival"]) -> list["Arrival"]:
    """The arrivals of a dry run, each told what the others of the same unit and period do to it."""
    batch: dict[tuple[str, str], dict[str, Package]] = {}
    coming = [a for a in found if a.would and a.result in ("accepted", "conflict")]
    for p in (a.would for a in coming if a.would):
        batch.setdefault((p.unit, p.period), {})[p.id] = p
    ledger = Ledger(space.store)
    after = {k: standing([*ledger.of(*k), *mine.values()]) for k, mine in batch.items() if len(mine) > 1}
    return [_beside(a, a.would, after.get((a.unit, a.period))) if a.would and a in coming else a for a in found]


def _beside(a: "Arrival", p: Package, after: Standing | None) -> "Arrival":
    if after is None:
        return a
    if after.in_conflict and any(h.id == p.id for h in after.heads):
        return replace(a, result="conflict", message=clash(after.heads))
    if after.counts is not None and after.counts.id != p.id:
        return replace(a, message=f"{a.message}；一起装入后算数的是{called(after.counts)}")
    return a


def clash(heads: Sequence[Package]) -> str:
    """What is said of reports that do not know each other."""
    return f"{len(heads)}份相撞，互不知道对方，请逐格核对选定：{'、'.join(called(h) for h in heads)}{_newer(heads)}"


def _newer(heads: Sequence[Package]) -> str:
    last = last_saved(heads)
    return f"；后存的是{called(last)}" if last else ""


def last_saved(heads: Sequence[Package]) -> Package | None:
    """Of workbooks that clash the one that was saved last; None where not all of them say when."""
    times = [str(h.about.get("saved") or "") for h in heads]
    if not all(times) or times.count(max(times)) > 1:
        return None
    return heads[times.index(max(times))]


def saved(p: Package) -> str:
    """When a workbook was last saved, by the clock here; '' where it does not say, or is no workbook."""
    try:
        return f"{datetime.fromisoformat(str(p.about.get('saved') or '')).astimezone():%Y-%m-%d %H:%M}存"
    except (ValueError, OverflowError):
        return ""


def called(p: Package) -> str:
    """A report in words that tell it from others of its unit: revision, when and where it was filled in, its name."""
    words = (
        saved(p) or p.made[:16].replace("T", " "),
        str(p.about.get("workbook") or p.about.get("device") or ""),
        p.id[:8],
    )
    return f"第{p.revision}版（{'，'.join(w for w in words if w)}）"
