"""Sentences about files that are taken in (装入的话)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from exports.package.container import PackageFile
from exports.package.manifest import HandOut, ReceiptItem
from exports.package.versions import in_words
from models.ledger.ledger import Package
from models.ledger.projection import Tables
from models.workspace import Workspace

AGAIN = "已装入过，无变化"


def brought_along(space: Workspace, handout: HandOut, data: Mapping[str, Tables]) -> list[str]:
    """For each period, a sentence naming the tables of the hand-out whose rows were added because the unit had none."""
    sentences = []
    for where, tables in data.items():
        forms = [f.name for f in space.forms if f.name in tables]
        filled = sum(bool(space.store.rows(n, handout.unit, where)) for n in forms)
        if len(forms) > filled:
            version = handout.stands.get(where)
            what = f"第{version[1]}版" if version else "内容"
            kept = f"，本机填过的{filled}张不动" if filled else ""
            sentences.append(f"县里有的{space.plan.period(where).name}{what}放进来：{len(forms) - filled}张表{kept}")
    return sentences


def typed_lines(space: Workspace, unit: str) -> dict[str, int]:
    """How many lines the unit wrote, in all periods, under each line of the plan."""
    counted: dict[str, int] = {}
    for form in (f for f in space.forms if f.seed):
        keys = [f.name for f in form.stored if f.locked and f.kind.chosen]
        for period in space.plan.periods:
            for row in space.store.rows(form.name, unit, period.id):
                for id in {row[k] for k in keys if row.get(k)}:
                    counted[id] = counted.get(id, 0) + 1
    return counted


def corrected(items: Sequence[ReceiptItem]) -> list[str]:
    """A sentence with the corrections in a receipt; [] for none. The unit's own rows are not changed by them."""
    cells = [
        f"{n.form}第{n.row}行“{n.field}”{n.reported or '（空）'}更正为{n.value or '（空）'}（{n.reason}）"
        for item in items
        for n in item.notes
    ]
    return [f"县里更正了{len(cells)}格，请核对：{'、'.join(cells)}"] if cells else []


def obstacles(items: Sequence[ReceiptItem]) -> list[str]:
    """A sentence with the county's decisions on obstacles in a receipt; [] for none."""
    decided = [f"“{o.about}”{o.told}" for item in items for o in item.obstacles]
    return [f"县里批办了{len(decided)}件中梗阻：{'；'.join(dict.fromkeys(decided))}"] if decided else []


def not_understood(file: PackageFile, words: Sequence[str], kept: bool, dry_run: bool) -> list[str]:
    """A sentence naming what this program does not understand in a file of a newer one; [] for nothing. `kept`: the
    original is kept here and read again after an update.
    """
    after = "原件留着，程序更新后自动补读" if kept else "请更新程序，再装入一次这个文件"
    rest = "装不进来" if dry_run else "没有装入"
    done = "别的可以装入" if dry_run else f"别的已经装入，{after}"
    what = in_words(words, file.described)
    return [f"是更新版本的程序传出的，有本机看不懂的内容{rest}：{what}；{done}"] if words else []


## submissions in conflict


def clash(heads: Sequence[Package]) -> str:
    """The sentence for submissions in conflict."""
    return f"{len(heads)}份相撞，互不知道对方，请逐格核对选定：{'、'.join(called(h) for h in heads)}{_newer(heads)}"


def _newer(heads: Sequence[Package]) -> str:
    last = last_saved(heads)
    return f"；后存的是{called(last)}" if last else ""


def last_saved(heads: Sequence[Package]) -> Package | None:
    """Of submissions in conflict that were made of workbooks, the one saved last; None where one has no time or two
    have the same.
    """
    times = [str(h.about.get("saved") or "") for h in heads]
    if not all(times) or times.count(max(times)) > 1:
        return None
    return heads[times.index(max(times))]


def saved(p: Package) -> str:
    """The local time at which a submission's workbook was last saved; '' where it is unknown or there
    is no workbook.
    """
    try:
        return f"{datetime.fromisoformat(str(p.about.get('saved') or '')).astimezone():%Y-%m-%d %H:%M}存"
    except (ValueError, OverflowError):
        return ""


def called(p: Package) -> str:
    """Words that distinguish a submission from others of its unit: revision, time, workbook or computer, start of its
    id.
    """
    words = (
        saved(p) or p.made[:16].replace("T", " "),
        str(p.about.get("workbook") or p.about.get("device") or ""),
        p.id[:8],
    )
    return f"第{p.revision}版（{'，'.join(w for w in words if w)}）"
