"""汇总 as a tree: the lines by action, unit, indicator or project, each node with the totals of its lines."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from forms.county_papers import STANDINGS, progress
from forms.field import Meaning, Row
from forms.form import Form
from forms.indicators import INDICATORS
from forms.kind import Value
from forms.projects import PROJECTS
from forms.states import ReportState
from forms.tasks import TASKS
from forms.verdict import has_share
from models.county.aggregation import INDICATOR, TOTAL, CountedRow, aggregate
from models.county.consolidation import Consolidation
from models.county.exclusions import WORD
from models.county.official_figures import counted_figures
from models.plan.plan import LEAD, Plan

MISSING, TORN = "本期未报", "两版相撞"
TASK = TASKS.means(Meaning.ENTRY)
LAST_YEAR = INDICATORS.means(Meaning.LAST_YEAR)


@dataclass(frozen=True)
class Node:
    """A place in a tree: its path of ids, its name, the lines below it, and their totals in the columns of `form`;
    `note` says of a unit that it has not reported.
    """

    path: tuple[str, ...]
    title: str
    entries: tuple[CountedRow, ...]
    form: Form
    totals: Row
    children: tuple["Node", ...] = ()
    note: str = ""

    def find(self, path: Sequence[str]) -> "Node | None":
        """The place of a path below here."""
        if tuple(path) == self.path:
            return self
        return next((n for child in self.children if (n := child.find(path))), None)


class Place(NamedTuple):
    """The place of an entry on one level: its order among its neighbours, an id, a name."""

    order: int
    id: str
    title: str


@dataclass(frozen=True)
class Tree:
    """A way to lay out the lines: the levels are names of fields, or `unit`, `unit_kind` and `form`; a line whose form
    has not that field stands under its form. `forms` names those that take part, all where it is empty. `counts` is the
    form whose lines are counted at each place, and `counted` what one of them is called.
    """

    name: str
    title: str
    levels: tuple[str, ...]
    form: Callable[[Plan], Form]
    totals: Callable[[Consolidation, Sequence[CountedRow]], Row]
    forms: tuple[str, ...] = ()
    counts: str = TASKS.name
    counted: str = "项任务"


def figures(whole: Consolidation, entries: Sequence[CountedRow]) -> Row:
    """Tasks, completion and investment, as in 分行动进度."""
    return whole.figures(entries)


def sums(whole: Consolidation, entries: Sequence[CountedRow]) -> Row:
    """The sums that the form of the entries declares."""
    if not entries:
        return {}
    return entries[0].form.totals([e.row for e in entries], whole.ctx)


def of_indicator(whole: Consolidation, entries: Sequence[CountedRow]) -> Row:
    """The figures of one indicator over its units, as the plan says; nothing where the lines are of several."""
    ids = {e.row[INDICATOR] for e in entries}
    return aggregated(whole, entries) if len(ids) == 1 else {}


TREES = (
    Tree("action", "按行动", ("action", "task"), progress, figures),
    Tree("unit", "按单位", ("unit_kind", "unit", "form"), progress, figures),
    Tree("indicator", "按指标", ("action", "indicator"), INDICATORS.bound, of_indicator, (INDICATORS.name,),
         INDICATORS.name, "项指标"),
    Tree("project", "按项目", ("kind", "action"), PROJECTS.bound, sums, (PROJECTS.name,), PROJECTS.name, "个项目"),
)  # fmt: skip


def counted_words(of: Tree, node: Node) -> str:
    """How many of what a tree counts are at a place: 112项任务. Where all lines are of another form, how many lines."""
    names = {e.form.name for e in node.entries}
    if len(names) == 1 and of.counts not in names:
        return f"{len(node.entries)}行"
    return f"{sum(e.form.name == of.counts for e in node.entries)}{of.counted}"


def absent(whole: Consolidation, unit: str) -> str:
    """Why no line of a unit counts; '' where some do."""
    if unit in whole.contexts:
        return ""
    if unit in whole.excluded:
        return WORD
    return TORN if any(s.unit.code == unit and s.state == ReportState.CONFLICT for s in whole.states) else MISSING


def tree(whole: Consolidation, of: Tree) -> Node:
    """The complete tree. Units that have not reported are in it with a note; their figures of last period are not."""
    entries = [e for e in whole.entries if not of.forms or e.form.name in of.forms]
    return _node(whole, of, (), "全部", entries, 0)


def _node(
    whole: Consolidation, of: Tree, path: tuple[str, ...], title: str, entries: Sequence[CountedRow], depth: int
) -> Node:
    children: list[Node] = []
    if depth < len(of.levels):
        parts = _parts(whole, of.levels[depth], path, entries)
        children = [_node(whole, of, (*path, p.id), p.title, mine, depth + 1) for p, mine in parts]
    note = absent(whole, path[-1]) if "unit" in of.levels[depth - 1 : depth] else ""
    form = of.form(whole.space.plan)
    return Node(path, title, tuple(entries), form, of.totals(whole, entries), tuple(children), note)


def _parts(
    whole: Consolidation, level: str, path: tuple[str, ...], entries: Sequence[CountedRow]
) -> list[tuple[Place, list[CountedRow]]]:
    """The entries of a place divided by one level, in the plan's order; units that sent nothing have a part too."""
    parts: dict[Place, list[CountedRow]] = {p: [] for p in _always(whole, level, path)}
    for e in entries:
        parts.setdefault(_place(whole, level, e), []).append(e)
    if level == "task":  # whoever leads comes first
        parts = {p: _lead_first(whole, p.id, mine) for p, mine in parts.items()}
    return sorted(parts.items(), key=lambda item: item[0][:2])


def _lead_first(whole: Consolidation, task: str, entries: Sequence[CountedRow]) -> list[CountedRow]:
    lead = leaders(whole, task) if len(entries) > 1 else ()
    return sorted(entries, key=lambda e: e.unit.code not in lead)


def leads(whole: Consolidation, e: CountedRow) -> bool:
    """Whether the unit of a line leads the task that the line is about."""
    return e.unit.code in leaders(whole, e.row.get(TASK))


def leaders(whole: Consolidation, task: Value) -> list[str]:
    """The codes of the units that lead a task."""
    return [a.unit for a in whole.space.plan.assignments if a.task == task and a.role == LEAD]


def _always(whole: Consolidation, level: str, path: tuple[str, ...]) -> Iterable[Place]:
    """The places that are there even without lines: every unit and, at the top, every action."""
    units = list(enumerate(whole.units))
    if level == "unit_kind":
        return list(dict.fromkeys(_kind_place(u.kind) for _, u in units))
    if level == "unit":
        return [Place(n, u.code, u.short) for n, u in units if u.kind == path[-1]]
    if level == "action" and not path:
        return [Place(whole.space.plan.actions.index(a), a.id, a.name) for a in whole.actions]
    return ()


def _kind_place(kind: str) -> Place:
    options = STANDINGS.field("unit_kind").kind
    return Place([o.id for o in options.choices].index(kind), kind, options.show(kind))


def _place(whole: Consolidation, level: str, e: CountedRow) -> Place:
    if level == "unit_kind":
        return _kind_place(e.unit.kind)
    if level == "unit":
        return Place(whole.units.index(e.unit), e.unit.code, e.unit.short)
    if level == "form" or not any(f.name == level for f in e.form.fields):
        names = [f.name for f in whole.space.forms]
        return Place(10**6 + names.index(e.form.name), e.form.name, e.form.title)
    kind, value = e.form.field(level).kind, e.row.get(level)
    order = next((n for n, o in enumerate(kind.choices) if o.id == value), 10**6)
    return Place(order, str(value or ""), kind.show(value) or "未分类")


## indicators over units


def aggregated(whole: Consolidation, entries: Sequence[CountedRow]) -> Row:
    """One row for an indicator that several units report: added up, the latest to arrive, or weighted, as the plan
    says, the official figure in place of 累计 where that is the one to be judged; comparison, share and verdict follow
    from these.
    """
    context = replace(whole.ctx, figures=whole.known_figures)
    return entries[0].form.complete(counted_row(whole, entries), context)


def counted_row(whole: Consolidation, entries: Sequence[CountedRow]) -> Row:
    """The indicator of some lines and its figures that are judged, without what is derived from them."""
    id = entries[0].row[INDICATOR]
    counted = counted_figures(whole.space.plan, whole.official).get(id)
    return {INDICATOR: id, **reported_figures(whole, entries), **({} if counted is None else {TOTAL: counted})}


def reported_figures(whole: Consolidation, entries: Sequence[CountedRow]) -> Row:
    """The figures that units report of one indicator, each of several made one as the plan says."""
    numbers = [f.name for f in entries[0].form.stored if f.kind.numeric]
    return {n: aggregate(whole.space.plan, whole.sources, entries, n) for n in numbers}


@dataclass(frozen=True)
class Trend:
    """The figures of an indicator from period to period of the same kind, up to this one, and last year's at the same
    time; None where none came.
    """

    title: str
    measure: str
    target: Decimal | None
    points: tuple[tuple[str, Decimal | None], ...]
    last_year: tuple[Decimal | None, ...] = ()


def trend(whole: Consolidation, indicator: str) -> Trend:
    """How an indicator's 累计 went through the year."""
    plan, points, before = whole.space.plan, [], []
    for period in plan.periods:
        if period.kind == whole.period.kind and period.end <= whole.period.end:
            then = replace(whole, period=period)
            known = then.space.plan.find("indicators", indicator) is not None
            entries = _reported(then, indicator) if known else []
            row = counted_row(then, entries) if entries else {}
            points.append((period.id, row.get(TOTAL)))
            before.append(row.get(LAST_YEAR))
    entry = plan.find("indicators", indicator)
    goal = entry.target if has_share(entry) else None
    return Trend(entry.name, entry.measure or "", goal, tuple(points), tuple(before))


def _reported(then: Consolidation, indicator: str) -> list[CountedRow]:
    """The lines of one indicator, without reading all the rest of the period."""
    form, store = then.space.plan.form(INDICATORS), then.space.store
    found = [
        (u, r) for u in then.units if u.code not in then.excluded for r in store.rows(form.name, u.code, then.period.id)
    ]
    return [CountedRow(form, u, r) for u, r in found if r[INDICATOR] == indicator]
