"""What a pasted block means for a grid: the changes, what was read differently from how it was typed, what was refused."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from forms.choices import Choice
from forms.form import Field, Form
from forms.kind import Ambiguous, Unreadable, Value, plain
from forms.reading import MERGED, is_ditto, spelled_out
from models.report import Report
from models.store import Change

UNSURE, UNREAD, FIXED, NO_ROOM = "拿不准", "看不懂", "锁定", "放不下"


@dataclass(frozen=True)
class Told:
    """One cell that will not stand as it was typed. `as_read` is what will be kept, or, with a `why`, what stands there
    still; `sort` says in a word what happened.
    """

    place: str
    said: str
    as_read: str
    sort: str
    why: str = ""

    @property
    def tone(self) -> str:
        """Amber where the text could mean several things, red where nothing could be made of it."""
        return "amb" if self.sort == UNSURE else "red" if self.why else ""


@dataclass
class Pasted:
    """The outcome of reading a block; `told` lists the cells that are re-written or refused, in their order."""

    changes: list[Change] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    cells: int = 0
    rows: int = 0
    columns: int = 0

    @property
    def rewritten(self) -> list[str]:
        """A sentence for every cell that is kept in other words."""
        return [f"{t.place}：“{short(t.said)}” 读作 “{short(t.as_read)}”" for t in self.told if not t.why]

    @property
    def refused(self) -> list[str]:
        """A sentence for every cell that is left alone."""
        return [f"{t.place}：{t.why}" for t in self.told if t.why]


def read(
    report: Report,
    form: Form,
    fields: Sequence[Field],
    records: Sequence[str],
    block: Sequence[Sequence[str]],
    above: Sequence[str] = (),
) -> Pasted:
    """Read a block onto `records` (ids, from the current line down) and `fields` (from the current column on).
    More lines than records become new lines where the form takes them; `above` is the line over the block, for 同上.
    """
    out = Pasted(rows=len(block), columns=max(map(len, block), default=0))
    number = {r["id"]: n for n, r in enumerate(report.rows, 1)}
    for n, (typed, cells) in enumerate(zip(block, spelled_out(block, above), strict=True)):
        known = records[n] if n < len(records) else ""
        line = f"第{number[known]}行" if known else f"贴的第{n + 1}行"
        values: dict[str, Value] = {}
        words: dict[str, str] = {}
        for f, cell, said in zip(fields, cells, typed, strict=False):
            at = report.field_at(known, f.name) if known and f.counted_in else f
            told = _cell(report, at, said, cell, values, words)
            if told and told.why and known:
                told = replace(told, as_read=f.kind.show(report.row(known).get(f.name)))
            out.told += [replace(told, place=f"{line}“{f.label}”")] if told else []
        if len(cells) > len(fields):
            out.told.append(Told(line, "", "", NO_ROOM, f"多出{len(cells) - len(fields)}格，右边没有栏可放"))
        out.cells += len(values)
        _line(out, report, form, known, line, values, words)
    return out


def _line(
    out: Pasted, report: Report, form: Form, known: str, line: str, values: dict[str, Value], words: dict[str, str]
) -> None:
    """Write what was read onto a line that is there, or onto a new one."""
    if known:
        out.changes += report.set(known, values, words)
    elif form.own and values:
        out.changes += report.add(values, typed=words)
        before = report.rows[-1] if report.rows else {}
        report.rows.append({**before, **(out.changes[-1].after or {})})
    elif values:
        out.cells -= len(values)
        out.told.append(Told(line, "", "", NO_ROOM, "表里没有这一行，这张表也不能自己加行"))


def _cell(
    report: Report, f: Field, said: str, cell: str, values: dict[str, Value], words: dict[str, str]
) -> Told | None:
    """Read one cell, `said` being what stands in it and `cell` what that means where it is 同上; what is to be told of
    it, but for its place.
    """
    if not f.editable:
        why = f"由方案定，不能改，没有动（“{short(said)}”）"
        return Told("", said, "", FIXED, why) if said.strip() else None
    if said == cell and is_ditto(said):
        return Told("", said, "", UNSURE, f"“{said.strip()}”的上面没有内容，请写明")
    try:
        value = f.parse(cell, report.ctx.plan.year)
    except Unreadable as why:
        return Told("", said, "", UNSURE if isinstance(why, Ambiguous) else UNREAD, str(why))
    values[f.name] = value
    if said == cell and f.literal(cell, value):
        return None
    words[f.name] = said
    return Told("", said, f.kind.show(value) or "（空）", _sort(f, said, cell, value))


def _sort(f: Field, said: str, cell: str, value: Value) -> str:
    """What was done to the text, in a word."""
    if said != cell:
        return "合并" if said == MERGED else "同上"
    if value is None:
        return "无内容"
    if isinstance(f.kind, Choice):
        return "近似"
    return "全角" if plain(said) != said.strip() and f.literal(plain(said), value) else "换算"


def short(text: str) -> str:
    """Its beginning, on one line."""
    text = " ".join(text.split())
    return text if len(text) <= 24 else text[:23] + "…"
