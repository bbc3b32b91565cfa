"""Reads a pasted block: the changes, the cells that were read otherwise than typed, the cells that were refused."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from forms.field import Field
from forms.kind import Ambiguous, Unreadable, Value, plain
from forms.typed_text import MERGED, is_ditto, spelled_out
from models.store.change import Change
from ui.grid.source import GridLines

Block = Sequence[Sequence[str]]
UNSURE, UNREAD, FIXED, NO_ROOM = "拿不准", "看不懂", "锁定", "放不下"


@dataclass(frozen=True)
class PasteNote:
    """One cell that is not kept as typed. `as_read` is the value that will be kept or, with a `why`, the cell's present
    value; `sort` says in a word what happened.
    """

    place: str
    pasted: str
    as_read: str
    sort: str
    why: str = ""

    @property
    def tone(self) -> str:
        """The tone: amb where the text could mean several values, red where it cannot be read, '' where it can."""
        return "amb" if self.sort == UNSURE else "red" if self.why else ""


Cell = tuple[bool, Value, PasteNote | None]


@dataclass
class Pasted:
    """The outcome of reading a block; `notes` are the cells that are rewritten or refused, in their order."""

    changes: list[Change] = field(default_factory=list)
    notes: list[PasteNote] = field(default_factory=list)
    cells: int = 0
    rows: int = 0
    columns: int = 0

    @classmethod
    def of(cls, block: Block) -> "Pasted":
        """The outcome for a block that is still to be read: only its size is known."""
        return cls(rows=len(block), columns=max(map(len, block), default=0))

    @property
    def rewritten(self) -> list[str]:
        """A sentence for every cell that is kept in other words."""
        return [f"{t.place}：“{short(t.pasted)}” 读作 “{short(t.as_read)}”" for t in self.notes if not t.why]

    @property
    def refused(self) -> list[str]:
        """A sentence for every cell that is not changed."""
        return [f"{t.place}：{t.why}" for t in self.notes if t.why]


def read(
    report: GridLines, fields: Sequence[Field], records: Sequence[str], block: Block, above: Sequence[str] = ()
) -> Pasted:
    """The outcome of `reading` a block at once."""
    out = Pasted.of(block)
    for _ in reading(out, report, fields, records, block, above):
        pass
    return out


def reading(
    out: Pasted,
    report: GridLines,
    fields: Sequence[Field],
    records: Sequence[str],
    block: Block,
    above: Sequence[str] = (),
) -> Iterator[None]:
    """Read a block into `out`, yielding once per line, onto `records` (ids, from the current line down) and `fields`
    (from the current column on). More lines than records become new lines where the form takes them; `above` is the
    line over the block, for 同上.
    """
    number = {r["id"]: n for n, r in enumerate(report.rows, 1)}
    cells = PasteReader(report)
    for n, (typed, spelled) in enumerate(zip(block, spelled_out(block, above), strict=True)):
        known = records[n] if n < len(records) else ""
        line = f"第{number[known]}行" if known else f"贴的第{n + 1}行"
        values: dict[str, Value] = {}
        words: dict[str, str] = {}
        for f, cell, said in zip(fields, spelled, typed, strict=False):
            kept, value, told = cells.read(report.field_at(known, f.name) if known and f.counted_in else f, said, cell)
            if kept:
                values[f.name] = value
            if told and told.why and known:
                told = replace(told, as_read=f.kind.show(report.row(known).get(f.name)))
            elif told and kept:
                words[f.name] = said
            out.notes += [replace(told, place=f"{line}“{f.label}”")] if told else []
        if len(spelled) > len(fields):
            out.notes.append(PasteNote(line, "", "", NO_ROOM, f"多出{len(spelled) - len(fields)}格，右边没有栏可放"))
        out.cells += len(values)
        _line(out, report, known, line, values, words)
        yield


def beyond(block: Block, fields: Sequence[Field], room: int) -> int:
    """How many lines of a block would become new ones where there are `room` lines."""
    return sum(any(f.editable and c.strip() for f, c in zip(fields, line, strict=False)) for line in block[room:])


def _line(
    out: Pasted, report: GridLines, known: str, line: str, values: dict[str, Value], words: dict[str, str]
) -> None:
    """Add the changes for one line: to the record `known`, or as a new line. An empty line makes none."""
    if known:
        out.changes += report.set(known, values, words)
    elif all(v is None for v in values.values()):
        out.cells -= len(values)  # an empty line makes none
    elif report.form.own:
        out.changes += report.add(values, typed=words)
    else:
        out.cells -= len(values)
        out.notes.append(PasteNote(line, "", "", NO_ROOM, "表里没有这一行，这张表也不能自己加行"))


class PasteReader:
    """Reads cells: whether there is a value to keep, the value, and the note on it without its place. Results are
    cached, as the same days, figures and choices recur line after line.
    """

    def __init__(self, report: GridLines) -> None:
        self.year = report.ctx.plan.year
        self.known: dict[tuple[str, str, str, str], Cell] = {}

    def read(self, f: Field, said: str, cell: str) -> Cell:
        """Read one cell; `said` is its text, and `cell` what the text means where it is 同上."""
        if f.kind.limit:
            return self._read(f, said, cell)
        key = f.name, f.unit, said, cell
        if key not in self.known:
            self.known[key] = self._read(f, said, cell)
        return self.known[key]

    def _read(self, f: Field, said: str, cell: str) -> Cell:
        if not f.editable:
            why = f"由方案定，不能改，没有动（“{short(said)}”）"
            return False, None, PasteNote("", said, "", FIXED, why) if said.strip() else None
        if said == cell and is_ditto(said):
            return False, None, PasteNote("", said, "", UNSURE, f"“{said.strip()}”的上面没有内容，请写明")
        try:
            value = f.parse(cell, self.year)
        except Unreadable as why:
            return False, None, PasteNote("", said, "", UNSURE if isinstance(why, Ambiguous) else UNREAD, str(why))
        if said == cell and f.literal(cell, value):
            return True, value, None
        return True, value, PasteNote("", said, f.kind.show(value) or "（空）", _sort(f, said, cell, value))


def _sort(f: Field, said: str, cell: str, value: Value) -> str:
    """What was done to the text, in a word."""
    if said != cell:
        return "合并" if said == MERGED else "同上"
    if value is None:
        return "无内容"
    if f.kind.chosen:
        return "近似"
    return "全角" if plain(said) != said.strip() and f.literal(plain(said), value) else "换算"


def short(text: str) -> str:
    """The beginning of the text, on one line."""
    text = " ".join(text.split())
    return text if len(text) <= 24 else text[:23] + "…"
