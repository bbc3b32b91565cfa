"""汇总表 and 调度通报: the county's workbook and paper of a period."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from exports.batch import Job, write
from exports.sheets import Desk, painted, sheet_lines
from exports.table import Book, Sheet, Stamp
from forms.form import Context, Form, Row
from forms.summaries import PROGRESS, STANDINGS, of_all_units
from models.consolidation import Consolidation
from models.county import STATES, reminder
from models.entries import Period
from models.workspace import Workspace


def write_summary(space: Workspace, period: Period, out: Path) -> list[Path]:
    """Write the consolidated workbook and the bulletin; gives their paths. Raises UserError."""
    whole, desk = Consolidation(space, period), Desk(space.plan, datetime.now())
    look = space.settings.get("page") or "sheet", space.settings.get("black") == "yes"
    workbook = replace(_book(whole, desk, all_forms=True), name=f"{period.id}_汇总表")
    write([Job(out, workbook, ("xlsx",), *look)])
    from exports.files import replacing
    from exports.pdf import write_pdf

    paper = out / f"{period.id}_调度通报.pdf"
    with replacing(paper) as part:
        write_pdf(part, replace(_book(whole, desk), title=f"{period.name}调度通报"), *look)
    return [out / f"{workbook.name}.xlsx", paper]


def _book(whole: Consolidation, desk: Desk, all_forms: bool = False) -> Book:
    space, period = whole.space, whole.period
    ctx = Context(space.plan, "", period)
    stamp = _stamp(whole, desk)
    obstacles = of_all_units(space.form("obstacles"))
    sheets = [
        _sheet(desk, PROGRESS.bound(space.plan), ctx, whole.progress(), stamp, _highlights(whole)),
        _sheet(desk, STANDINGS.bound(space.plan), ctx, whole.standings(), stamp, (reminder(space, period, whole.states),)),
        _sheet(desk, replace(obstacles, title="未销号中梗阻台账", group="").bound(space.plan), ctx, whole.open_obstacles(), stamp),
    ]  # fmt: skip
    if all_forms:
        for form in space.forms:
            rows = whole.lines(form)
            sheets.append(_sheet(desk, of_all_units(form).bound(space.plan), ctx, rows, stamp))
    return Book(f"{period.id}", f"{period.name}汇总", tuple(sheets))


def _stamp(whole: Consolidation, desk: Desk) -> Stamp:
    space, period = whole.space, whole.period
    sample = any(space.is_sample(u.code, period.id) for u in space.units)
    return Stamp("", period.id, space.plan.version, "", f"{desk.printed:%Y-%m-%d %H:%M}", sample)


def _sheet(
    desk: Desk, form: Form, ctx: Context, rows: Sequence[Row], stamp: Stamp, notes: tuple[str, ...] = ()
) -> Sheet:
    head = desk.head(form, 0, ctx.period, f"制表机关：{desk.plan.about['制表机关']}")
    return Sheet(painted(form), head, sheet_lines(form, ctx, rows), stamp, notes)


def _highlights(whole: Consolidation) -> tuple[str, ...]:
    """What matters first, in sentences whose every figure stands in the tables."""
    counted = Counter(s.state for s in whole.states)
    told = "、".join(f"{STATES[s]}{n}个" for s, n in sorted(counted.items(), key=lambda x: list(STATES).index(x[0])))
    rows = sorted((r for r in whole.progress() if r["lag"] is not None), key=lambda r: r["lag"])
    name = {a.id: a.name for a in whole.actions}
    slow = [f"{name[r['action']]}（{r['percent']}%）" for r in rows[:3] if r["lag"] < 0]
    sentences = [f"报送：{len(whole.states)}个责任单位，{told}。"]
    sentences.append(
        f"进度：序时进度{whole.expected}%" + (f"，较慢的是{'、'.join(slow)}。" if slow else "，各行动都不慢于序时。")
    )
    sentences.append(f"中梗阻：未销号{len(whole.open_obstacles())}件。")
    return tuple(sentences)
