"""What a pasted block means for a grid: the changes, what was read differently from how it was typed, what was refused."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from forms.form import Field, Form
from forms.kind import Unreadable, Value
from forms.reading import is_ditto, spelled_out
from models.report import Report
from models.store import Change


@dataclass
class Pasted:
    """The outcome of reading a block. Lists hold one sentence per cell."""

    changes: list[Change] = field(default_factory=list)
    rewritten: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    cells: int = 0


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
    out = Pasted()
    for n, (typed, cells) in enumerate(zip(block, spelled_out(block, above), strict=True)):
        values: dict[str, Value] = {}
        words: dict[str, str] = {}
        for f, cell, said in zip(fields, cells, typed, strict=False):
            known = n < len(records) and f.counted_in
            _cell(out, report, n, report.field_at(records[n], f.name) if known else f, (said, cell), values, words)
        if len(cells) > len(fields):
            out.refused.append(f"第{n + 1}行：多出{len(cells) - len(fields)}格，右边没有栏可放")
        if n < len(records):
            out.changes += report.set(records[n], values, words)
        elif form.own and values:
            out.changes += report.add(values, typed=words)
            report.rows.append(
                {**report.rows[-1], **(out.changes[-1].after or {})}
                if report.rows
                else dict(out.changes[-1].after or {})
            )
        elif values:
            out.refused.append(f"第{n + 1}行：表里没有这一行，这张表也不能自己加行")
    return out


def _cell(
    out: Pasted,
    report: Report,
    n: int,
    f: Field,
    texts: tuple[str, str],
    values: dict[str, Value],
    words: dict[str, str],
) -> None:
    """Read one cell; `texts` are what stands in it and what that means where it is 同上."""
    said, cell = texts
    place = f"第{n + 1}行“{f.label}”"
    if not f.editable:
        if said.strip():
            out.refused.append(f"{place}：由方案定，不能改，没有动（“{_short(said)}”）")
        return
    if said == cell and is_ditto(said):
        out.refused.append(f"{place}：“{said.strip()}”的上面没有内容，请写明")
        return
    try:
        value = f.parse(cell, report.ctx.plan.year)
    except Unreadable as why:
        out.refused.append(f"{place}：{why}")
        return
    out.cells += 1
    values[f.name] = value
    shown = f.kind.show(value) or "（空）"
    if said != cell or not f.literal(cell, value):
        words[f.name] = said
        out.rewritten.append(f"{place}：“{_short(said)}” 读作 “{_short(shown)}”")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 24 else text[:23] + "…"
