"""Makes sheets from forms and rows: heads, group rows, totals, notes; the same for workbook and PDF."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from exports.sheets.sheet import Book, LineKind, Sheet, SheetHead, SheetLine, Stamp
from forms.derive import Ratio, worked_out
from forms.field import Context, Derive, Field, PeriodLike, Row
from forms.form import Form
from forms.kind import Kind, Value
from forms.states import Statement
from forms.unit_papers import ACTION_TASKS, DUTIES, YEARLY_WORK
from models.plan.entries import Action, Period, Unit
from models.plan.plan import Plan
from models.reporting.report import untouched
from models.reporting.version_code import data_code
from models.store.clock import now_here
from models.workspace import Workspace

NUMERALS = "一二三四五六七八九十"
SIGNATURES = ("单位主要负责人（签字）", "分管领导（签字）", "审核人", "填报人", "联系电话", "报出日期")
BLANK_LINES = 12
UNSURE_NOTE = "{lines}的责任分工是按部门职责拟的，待确认，以{office}确认为准。"


@dataclass(frozen=True)
class SheetContext:
    """What all sheets of one run share: the plan and the time of printing."""

    plan: Plan
    printed: datetime

    def head(self, form: Form, number: int, period: PeriodLike | None, left: str, date: bool = True) -> SheetHead:
        """The head of a form: number 0 has no form number and no 附件."""
        about = self.plan.about
        title = f"{about['县']}实施{about['简称']}{form.title}"
        day = f"{self.printed.year}年{self.printed.month}月{self.printed.day}日" if date else "　　　　年　　月　　日"
        below = f"（{period.name}）" if period else f"（{self.plan.year}年）"
        code = (f"表　　号：{about['表号前缀']}{number}", f"制表机关：{about['制表机关']}") if number else ()
        return SheetHead(
            title=title,
            place=f"附件{number}" if number else "",
            right=code,
            below=below,
            left=left,
            middle=f"填报日期：{day}" if number else "",
            measure=f"计量单位：{form.measure}" if form.measure else "",
            again=f"{title}（续表）",
        )


def unit_book(
    space: Workspace,
    unit: Unit,
    period: Period,
    forms: Sequence[Form],
    blank: bool = False,
    now: datetime | None = None,
) -> Book:
    """The sheets of a unit: the forms asked for and, where these are all forms, the papers made from them."""
    desk = SheetContext(space.plan, now or space.now)
    ctx = space.context(unit.code, period)
    version = "" if blank else data_code(space.forms, ctx)
    stamp = Stamp(
        unit.code, period.id, space.plan.version, version, _time(desk.printed), space.is_sample(unit.code, period.id)
    )
    stated = space.statements(unit.code, period.id)
    makers = [replace(_of_form(desk, f, unit, ctx, stamp, blank), empty=_empty(f, stated, ctx)) for f in forms]
    if len(forms) == len(space.forms) and not blank:
        makers += [_of_print(desk, p, unit, ctx, stamp) for p in (YEARLY_WORK, DUTIES)]
    title = f"{unit.name}{period.name}"
    return Book(f"{unit.code}{unit.short}_{period.id}{'_空表' if blank else ''}", title, tuple(makers))


def action_book(plan: Plan, action: Action, now: datetime | None = None) -> Book:
    """The task table of one action's 实施方案."""
    desk = SheetContext(plan, now or now_here())
    period = plan.periods[-1]
    ctx = Context(plan, action.id, period)
    form = replace(ACTION_TASKS.bound(plan), title=f"{action.name}{ACTION_TASKS.title}")
    lead = plan.find("units", action.lead)
    head = desk.head(form, 0, None, f"牵头单位：{lead.name}{'' if action.confirmed else '（待确认）'}")
    head = replace(head, middle=f"工作专班：{action.team or ''}")
    stamp = Stamp(action.id, str(plan.year), plan.version, "", _time(desk.printed))
    return Book(
        f"{action.numeral}_{action.name}", action.name, (_sheet(form, head, ctx, _print_rows(form, ctx), stamp),)
    )


def _time(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M}"


def _of_form(desk: SheetContext, form: Form, unit: Unit, ctx: Context, stamp: Stamp, blank: bool) -> Sheet:
    number = 1 + next(n for n, f in enumerate(ctx.rows) if f == form.name)
    head = desk.head(form, number, ctx.period, f"填报单位（盖章）：{unit.signed}", date=not blank)
    if blank:
        return _blank(form, head, ctx, stamp)
    sheet = _sheet(form, head, ctx, ctx.rows[form.name], stamp)
    return replace(sheet, signatures=SIGNATURES)


def _empty(form: Form, stated: Mapping[str, str], ctx: Context) -> str:
    """The text of a form without rows, which distinguishes a zero report from a form that is not filled in."""
    if stated.get(form.name) == Statement.ZERO:
        return "零报告（本期没有这方面的内容）"
    return "未填报" if form.expected(ctx) else "方案没有给本单位分配这方面的内容"


def _blank(form: Form, head: SheetHead, ctx: Context, stamp: Stamp) -> Sheet:
    """A form to be filled in by hand: the rows given by the plan, and empty rows."""
    given = [form.complete(row, ctx) for row in untouched(form, ctx)]
    count = 0 if form.record or not form.own else max(3, BLANK_LINES - len(given))
    lines = [
        *_lines(form, ctx, given, totals=False),
        *(SheetLine(LineKind.ROW, {}, number=len(given) + n + 1) for n in range(count)),
    ]
    return Sheet(
        painted(form), head, lines, replace(stamp, sample=False), _notes(form, ctx, given), SIGNATURES, blank=True
    )


def _of_print(desk: SheetContext, form: Form, unit: Unit, ctx: Context, stamp: Stamp) -> Sheet:
    bound = form.bound(desk.plan)
    head = desk.head(bound, 0, None, f"单位：{unit.signed}")
    head = replace(head, title=f"{unit.short}{desk.plan.about['简称']}{bound.title}", again=f"{bound.title}（续表）")
    return _sheet(bound, head, ctx, _print_rows(bound, ctx), stamp)


def _print_rows(form: Form, ctx: Context) -> list[dict[str, Value]]:
    made = form.rows(ctx) if form.rows else []
    return [{"id": "", "line": "", **row} for row in made]


def _sheet(form: Form, head: SheetHead, ctx: Context, rows: Sequence[Row], stamp: Stamp) -> Sheet:
    full = [form.complete(row, ctx) for row in rows]
    return Sheet(painted(form), head, tuple(_lines(form, ctx, full)), stamp, _notes(form, ctx, full))


def painted(form: Form) -> Form:
    """The form without its functions, so that it can be pickled for another process; painters need no more."""
    made = form.rows is not None  # a paper computed from other forms is not filled in
    fields = tuple(replace(f, derive=_kept(f), locked=made or not f.editable) for f in form.fields)
    own = form.own and not made
    return replace(form, fields=fields, own=own, seed=None, checks=(), rows=None, unsure=None)


def _kept(field: Field) -> Derive | None:
    """What painters need of a derived field: its ratio, or only that it is derived."""
    return field.derive if field.derive is None or isinstance(field.derive, Ratio) else worked_out


def _lines(form: Form, ctx: Context, rows: Sequence[dict[str, Value]], totals: bool = True) -> Iterator[SheetLine]:
    """Group rows, numbered rows and the total of rows that are complete and sorted."""
    number = 0
    for n, (group, members) in enumerate(_groups(form, rows)):
        inside = list(members)
        if form.group:
            yield SheetLine(
                LineKind.GROUP, form.totals(inside, ctx) if totals else {}, _group_title(form, group, n, len(inside))
            )
        for row in inside:
            number += 1
            yield SheetLine(LineKind.ROW, row, number=number, id=row["id"])
    if totals and rows and not form.record:
        yield SheetLine(LineKind.TOTAL, form.totals(rows, ctx), f"合　　计（{len(rows)}项）{_tally(form, rows)}")


def sheet_lines(form: Form, ctx: Context, rows: Sequence[Row]) -> tuple[SheetLine, ...]:
    """The lines of a paper made elsewhere, from sorted rows. What a row holds of derived values was worked out where its
    unit is known, and stays.
    """
    return tuple(_lines(form, ctx, [{**form.complete(r, ctx), **r} for r in rows]))


def _tally(form: Form, rows: Sequence[Row]) -> str:
    """The number of rows for each option of the first marked choice: 已完成2　正常推进9."""
    for f in form.fields:
        if f.kind.marked:
            counts = [(o.name, sum(r.get(f.name) == o.id for r in rows)) for o in f.kind.choices]
            return "".join(f"　{name}{count}" for name, count in counts if count)
    return ""


def _groups(form: Form, rows: Sequence[dict[str, Value]]) -> Iterator[tuple[Value, Iterator[dict[str, Value]]]]:
    if not form.group:
        yield from [(None, iter(rows))] if rows else []
        return
    yield from groupby(rows, key=lambda r: r[form.group])


def _group_title(form: Form, group: Value, n: int, count: int) -> str:
    name = form.field(form.group).kind.show(group) or "未分类"
    return f"{NUMERALS[n] if n < len(NUMERALS) else n + 1}、{name}（{count}项）"


def _notes(form: Form, ctx: Context, rows: Sequence[Row]) -> tuple[str, ...]:
    meanings = [m for f in form.fields if (m := _meaning(f.label, f.kind))]
    return (*meanings, *form.notes, *_unsure(form, ctx, rows))


def _meaning(label: str, kind: Kind) -> str:
    """What the options of a marked choice mean."""
    if not kind.marked:
        return ""
    said = "；".join(f"{o.name}：{o.note}" for o in kind.choices if o.note)
    return f"{label}口径——{said}。" if said else ""


def _unsure(form: Form, ctx: Context, rows: Sequence[Row]) -> tuple[str, ...]:
    """One note naming the lines whose assignment is still to be confirmed."""
    if not form.unsure:
        return ()
    unsure: Callable[[Row, Context], bool] = form.unsure
    numbers = [n for n, row in enumerate(rows, 1) if unsure(row, ctx)]
    if not numbers:
        return ()
    lines = "本表各项" if len(numbers) == len(rows) else f"第{_spans(numbers)}项"
    office = ctx.plan.about["制表机关"] if isinstance(ctx.plan, Plan) else ""
    return (UNSURE_NOTE.format(lines=lines, office=office),)


def _spans(numbers: Sequence[int]) -> str:
    """Ascending numbers as text: 1、3—5、8"""
    spans: list[list[int]] = []
    for n in numbers:
        if spans and spans[-1][1] == n - 1:
            spans[-1][1] = n
        else:
            spans.append([n, n])
    return "、".join(str(a) if a == b else f"{a}—{b}" for a, b in spans)
