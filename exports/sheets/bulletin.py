"""The first page of a 调度通报, as data: the main figures for leaders, before the tables."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from forms.county_papers import STANDINGS
from forms.field import Meaning, Row
from forms.obstacles import OBSTACLES
from forms.states import ReportState
from forms.tasks import TASKS
from models.county.aggregation import average
from models.county.consolidation import Consolidation
from models.county.lamps import Lamp
from models.county.rollup import Trend, absent
from models.county.scoring import Scoring
from models.county.unit_states import STATES, conflict_notice
from models.plan.entries import Indicator, Unit

SLOWEST, PLACES, STUCK = 8, 10, 6  # how many tasks, units and obstacles fit on the page
SUBJECT, LEVEL, DUE = (OBSTACLES.means(m) for m in (Meaning.SUBJECT, Meaning.LEVEL, Meaning.DUE))
NAMED = 3  # units named in a sentence
TASK, DONE = TASKS.means(Meaning.ENTRY), TASKS.means(Meaning.DONE)


@dataclass(frozen=True)
class MatrixRow:
    """The marks of a unit, one for each column ('' where it has no row), and its mean completion in percent; `note`
    where it has not reported; `worst` by column the words on what the mark rests on.
    """

    unit: str
    marks: tuple[str, ...]
    percent: Decimal | None
    note: str = ""
    worst: tuple[str, ...] = ()


@dataclass(frozen=True)
class CompletionBar:
    """Completion of an action or task in percent, in this period and the last."""

    name: str
    percent: Decimal | None
    before: Decimal | None = None


@dataclass(frozen=True)
class Bulletin:
    """The content of the first page, and the trends of indicators for the second."""

    title: str
    below: str
    office: str
    plan: str
    printed: str
    sample: bool
    sentences: tuple[str, ...]
    columns: tuple[str, ...]
    lamps: tuple[tuple[str, tuple[MatrixRow, ...]], ...]
    bars_title: str
    bars: tuple[CompletionBar, ...]
    expected: Decimal
    ranking_title: str
    ranking: tuple[tuple[str, str, str], ...]
    obstacles: tuple[tuple[str, str, str, str], ...]
    more_obstacles: int
    trends: tuple[tuple[Indicator, Trend], ...]


def front(scoring: Scoring, title: str, trends: Sequence[tuple[Indicator, Trend]]) -> Bulletin:
    """The first page of a bulletin for the units and actions of `scoring`."""
    whole, today = scoring.whole, scoring.today
    about, alone = whole.space.plan.about, len(whole.actions) == 1
    stuck = whole.open_obstacles()
    return Bulletin(
        title=f"{about['县']}{title}",
        below=f"（{whole.period.name}）",
        office=about["制表机关"],
        plan=whole.space.plan.version,
        printed=f"{today.year}年{today.month}月{today.day}日",
        sample=any(whole.space.is_sample(u.code, whole.period.id) for u in whole.units),
        sentences=sentences(whole),
        columns=tuple(a.name.removesuffix("行动") for a in whole.actions),
        lamps=_lamps(whole),
        bars_title="进度最慢的任务" if alone else "各行动任务平均完成进度",
        bars=_tasks(whole) if alone else action_bars(whole),
        expected=whole.expected,
        ranking_title="单位平均完成进度" if alone else "考核得分",
        ranking=_fastest(whole) if alone else _ranking(scoring),
        obstacles=tuple(_obstacle(whole, r) for r in stuck[:STUCK]),
        more_obstacles=max(0, len(stuck) - STUCK),
        trends=tuple(trends),
    )


def sentences(whole: Consolidation) -> tuple[str, ...]:
    """The main points as sentences; every figure in them is also in the tables."""
    counted = Counter(s.state for s in whole.states)
    told = "、".join(f"{STATES[s]}{n}个" for s, n in sorted(counted.items(), key=lambda x: list(STATES).index(x[0])))
    found = [f"范围：只汇总选定的{len(whole.units)}个单位，不是全部单位。"] if whole.only else []
    found += whole.space.plan.correction_note(whole.period)
    found += [f"报送：{len(whole.states)}个责任单位，{told}。"]
    missing = [s.unit.short for s in whole.states if s.state == ReportState.MISSING]
    found += [f"未报：{'、'.join(missing)}。"] if 0 < len(missing) < len(whole.states) else []
    clash = conflict_notice(whole.states)
    found += [f"冲突：{clash}。"] if clash else []
    both = len(whole.before.contexts) if whole.before else 0
    compared = f"；与上期比的只算可比{both}家" if both else ""
    found.append(f"数据：{whole.rests_on.sentence}{compared}。")
    found.append(f"进度：序时进度{whole.expected}%，{_pace(whole)}")
    found.append(_open_obstacles(whole))
    return tuple(found)


def _open_obstacles(whole: Consolidation) -> str:
    """A sentence on the open obstacles; of units that have not reported it says what they reported last."""
    stuck, absent_units = len(whole.open_obstacles()), len(whole.units) - len(whole.contexts)
    if not stuck:
        return (
            f"中梗阻：已报的单位没有未销号的，还有{absent_units}个单位没有数。"
            if absent_units
            else "中梗阻：没有未销号的。"
        )
    names = list(dict.fromkeys(e.unit.short for e in whole.earlier_obstacles))
    whose = "、".join(names[:NAMED]) + (f"等{len(names)}个单位" if len(names) > NAMED else "")
    earlier = f"，其中{len(whole.earlier_obstacles)}件是上期数（{whose}）" if names else ""
    return f"中梗阻：未销号{stuck}件{earlier}。"


def _pace(whole: Consolidation) -> str:
    """A sentence comparing the completion of the actions, or of the only one, with the share of the year that has
    passed.
    """
    rows = sorted((r for r in whole.progress() if r["lag"] is not None), key=lambda r: r["lag"])
    if not rows:
        return "还没有收到进度。"
    if len(whole.actions) == 1:
        lag = rows[0]["lag"]
        told = f"比序时慢{-lag}个百分点" if lag < 0 else f"比序时快{lag}个百分点" if lag else "与序时持平"
        return f"任务平均完成{rows[0]['percent']}%，{told}。"
    name = {a.id: a.name for a in whole.actions}
    slow = [f"{name[r['action']]}（{r['percent']}%）" for r in rows[:3] if r["lag"] < 0]
    return f"较慢的是{'、'.join(slow)}。" if slow else "各行动都不慢于序时。"


def _lamps(whole: Consolidation) -> tuple[tuple[str, tuple[MatrixRow, ...]], ...]:
    kinds, lamps = STANDINGS.field("unit_kind").kind, dict(unit_lamps(whole))
    order = list(dict.fromkeys(u.kind for u in whole.units))
    return tuple((kinds.show(k), tuple(lamps[u.code] for u in whole.units if u.kind == k)) for k in order)


def unit_lamps(whole: Consolidation) -> list[tuple[str, MatrixRow]]:
    """The marks of every unit by its code, in the plan's order."""
    lamps = whole.lamps()

    def of(u: Unit) -> MatrixRow:
        if u.code not in lamps:
            return MatrixRow(u.short, (), None, absent(whole, u.code))
        found = tuple(lamps[u.code].get(a.id) for a in whole.actions)
        marks = tuple(one.mark if one else "" for one in found)
        worst = tuple(worst_words(whole, one) if one else "" for one in found)
        return MatrixRow(u.short, marks, average(whole.percents(whole.of_unit(TASKS, u))), worst=worst)

    return [(u.code, of(u)) for u in whole.units]


def worst_words(whole: Consolidation, lamp: Lamp) -> str:
    """What a lamp rests on: how many tasks have the worst mark, and the least advanced of them by name."""
    name = whole.space.plan.form(TASKS).field(TASK).kind.show(lamp.row[TASK])
    percent = lamp.row[DONE]
    return f"{lamp.counts}：{name}" + (f" {percent.normalize():f}%" if percent is not None else "")


def action_bars(whole: Consolidation) -> tuple[CompletionBar, ...]:
    """A completion bar for each action."""
    names = {a.id: a.name for a in whole.actions}
    return tuple(CompletionBar(names[r["action"]], r["percent"], r["before"]) for r in whole.progress())


def _tasks(whole: Consolidation) -> tuple[CompletionBar, ...]:
    now, before = _by_task(whole), _by_task(whole.before) if whole.before else {}
    kind = whole.space.plan.form(TASKS).field(TASK).kind
    bars = [CompletionBar(kind.show(t), average(p), average(before.get(t, []))) for t, p in now.items()]
    given = [b for b in bars if b.percent is not None]
    return tuple(sorted(given, key=lambda b: (b.percent, b.name))[:SLOWEST])


def _by_task(whole: Consolidation) -> dict[str, list[Decimal | None]]:
    found: dict[str, list[Decimal | None]] = {}
    for e in whole.of(TASKS):
        found.setdefault(e.row[TASK], []).extend(whole.percents([e.row]))
    return found


def _ranking(scoring: Scoring) -> tuple[tuple[str, str, str], ...]:
    results = [r for r in scoring.results if not r.unranked]
    return tuple((str(r.overall), r.unit.short, f"{r.total:f}分") for r in results[:PLACES])


def _fastest(whole: Consolidation) -> tuple[tuple[str, str, str], ...]:
    means = [(m, u) for u in whole.units if (m := average(whole.percents(whole.of_unit(TASKS, u)))) is not None]
    means.sort(key=lambda x: (-x[0], x[1].order))
    return tuple((str(1 + sum(o > m for o, _ in means)), u.short, f"{m}%") for m, u in means[:PLACES])


def _obstacle(whole: Consolidation, row: Row) -> tuple[str, str, str, str]:
    form = whole.space.plan.form(OBSTACLES)
    unit = whole.space.plan.find("units", row["unit"])
    level, due = form.field(LEVEL).kind.show(row[LEVEL]), row[DUE]
    return level, unit.short, row[SUBJECT] or "", f"{due.month}月{due.day}日" if due else ""
