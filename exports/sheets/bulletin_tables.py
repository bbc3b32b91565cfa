"""The tables of a bulletin's first page: indicators, bars, rankings, the matrix of units and actions, obstacles."""

from collections import Counter
from decimal import Decimal

from exports.sheets.bulletin_content import (
    CellLevel,
    CompletionBar,
    IndicatorLine,
    Matrix,
    MatrixCell,
    MatrixColumn,
    ObstacleLine,
    RankLine,
    RankTable,
)
from exports.sheets.bulletin_facts import SLOW, BulletinFacts, OpenObstacle
from exports.sheets.bulletin_sentences import kind_name
from forms.derive import share
from forms.field import Meaning
from forms.indicators import VERDICTS
from forms.kind import Value
from forms.obstacles import OBSTACLES
from forms.parameters import (
    FRONT_OBSTACLES,
    LAMP_RULE,
    LAMP_SHARE,
    RANKING_LEAST,
    WEIGHT_LEAD,
    WEIGHT_SUPPORT,
    Parameter,
)
from forms.states import Mark, ReportState
from forms.tasks import TASKS
from forms.verdict import BAD, Direction, plain_figure
from models.county.aggregation import average
from models.county.consolidation import ACTION, Consolidation
from models.county.indicator_results import IndicatorResult
from models.county.lamps import share_words
from models.county.ranking import KindRanking, weighted_means
from models.county.rollup import TASK
from models.county.unit_states import UnitState
from models.plan.entries import Unit

SUBJECT, WANTED = OBSTACLES.means(Meaning.SUBJECT), OBSTACLES.means(Meaning.WANTED)
LEVELS = {Mark.LATE: CellLevel.LATE, **dict.fromkeys(SLOW, CellLevel.SLOW)}
NOTHING = "—"
BRIEF = 7  # characters of a target in words
SLOWEST = 8  # tasks of one action
DOUBTS = {"未": "未验证", "退": "退回未回", "冲": "两版相撞"}
BOLD = 2  # of the slowest actions


## indicators


def indicator_line(j: IndicatorResult) -> IndicatorLine:
    """An indicator in words."""
    i, made = j.indicator, j.judgement
    return IndicatorLine(
        name=f"{i.name}（{i.measure}）" if i.measure else i.name,
        target=figure(i.target) if i.target is not None else _brief(i.wording),
        total=figure(j.total),
        last_year=figure(j.last_year),
        change=made.change_text or NOTHING,
        verdict=made.word,
        sign=VERDICTS.mark(str(made.verdict)),
        bad=made.verdict in BAD,
        goal=figure(made.bar) if made.bar is not None else "",
        share=share(j.total, made.bar),
        less=made.direction == Direction.LESS,
    )


def _brief(wording: str) -> str:
    return wording if len(wording) <= BRIEF else wording[: BRIEF - 1] + "…"


def figure(value: Value) -> str:
    """A figure to be printed; a dash where there is none."""
    return NOTHING if value is None else plain_figure(Decimal(value))


def indicators_note(facts: BulletinFacts) -> str:
    """What the verdicts rest on, and where the other indicators are."""
    rest = len(facts.indicators) - len(facts.main)
    more = f"其余{rest}项见“指标判定”。" if rest > 0 else ""
    return f"增速、占比：累计与目标比；逐月累加的：完成％与序时比；与上年比的：同期比。{more}"


## bars


def action_bars(facts: BulletinFacts) -> tuple[CompletionBar, ...]:
    """A bar for each action; the slowest two are marked."""
    known = sorted(a.percent for a in facts.actions if a.percent is not None)
    slow = known[:BOLD] if len(known) > BOLD else []
    return tuple(
        CompletionBar(a.name, a.percent, a.before, a.change, a.expected, a.late, a.percent in slow)
        for a in facts.actions
    )


def slowest_tasks(facts: BulletinFacts) -> tuple[CompletionBar, ...]:
    """A bar for each of the slowest tasks, in the bulletin of one action."""
    whole = facts.whole
    now, before = _by_task(whole), _by_task(whole.before) if whole.before else {}
    common = _by_task(whole, facts)
    kind = whole.space.plan.form(TASKS).field(TASK).kind
    late = Counter(e.row[TASK] for e in whole.of(TASKS) if whole.confirmations.mark(e.row) == Mark.LATE)
    bars = [
        CompletionBar(kind.show(t), mean, before.get(t), _less(common.get(t), before.get(t)), None, late[t])
        for t, mean in now.items()
        if mean is not None
    ]
    return tuple(sorted(bars, key=lambda b: (b.percent or 0, b.name))[:SLOWEST])


def _less(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    return now - before if now is not None and before is not None else None


def _by_task(whole: Consolidation, only: BulletinFacts | None = None) -> dict[str, Decimal | None]:
    found: dict[str, list[Decimal | None]] = {}
    for e in whole.of(TASKS):
        if only is None or e.unit.code in only.comparable:
            found.setdefault(e.row[TASK], []).extend(whole.percents([e.row]))
    return {task: average(percents) for task, percents in found.items()}


def bars_note(facts: BulletinFacts) -> str:
    """What the bars show."""
    if not facts.comparable:
        return f"单位：%。虚线为序时；没有{facts.last}的数可比。"
    return f"%；白线{facts.last}，虚线序时；比{facts.last}只算两期都报的{len(facts.comparable)}家。"


## ranking


def rank_table(kind: KindRanking) -> RankTable:
    """The ranking of a kind of units."""
    lines = tuple(RankLine(r.place, r.unit.short, r.tasks, r.moved, r.percent) for r in kind.ranked)
    return RankTable(f"{kind_name(kind.kind)}（{len(lines)}家）", lines)


def ranking_note(facts: BulletinFacts) -> str:
    """How the ranking is made, and who is not in it."""
    plan = facts.whole.space.plan
    lead, support, least = (plan.parameter(p) for p in (WEIGHT_LEAD, WEIGHT_SUPPORT, RANKING_LEAST))
    few = sum(len(k.few) for k in facts.kinds)
    alone = sum(len(k.ranked) == 1 for k in facts.kinds)
    left = [f"不足{least}项的{few}家"] * bool(few) + [f"同类仅有的{alone}家"] * bool(alone)
    out = f"；{'、'.join(left)}不排名" if left else ""
    return f"牵头算{figure(lead)}份、配合{figure(support)}份{out}{unconfirmed(facts, WEIGHT_LEAD, WEIGHT_SUPPORT, RANKING_LEAST)}。"


def unconfirmed(facts: BulletinFacts, *parameters: Parameter) -> str:
    """The words for settings that the plan does not make."""
    return "" if all(p.id in facts.whole.space.plan.parameters for p in parameters) else "（待确认）"


## the matrix


def matrix(facts: BulletinFacts, word: str) -> Matrix:
    """Units × actions, the slowest unit of each kind first, those that have not reported last; `word` names an action."""
    whole = facts.whole
    means, states = weighted_means(whole), {s.unit.code: s for s in whole.states}
    kinds = dict.fromkeys(u.kind for u in whole.units)
    groups = [(k, _ordered([u for u in whole.units if u.kind == k], facts, means)) for k in kinds]
    bold = {k.kind: {r.unit.code for r in k.ranked[-5:]} if len(k.ranked) > 10 else set() for k in facts.kinds}
    cells = _cells(facts)

    def column(u: Unit) -> MatrixColumn:
        if u.code not in whole.contexts:
            return MatrixColumn(u.short, ())
        state = states[u.code]
        doubt = _doubt(state)
        made = tuple(cells.get((u.code, a.id), MatrixCell(CellLevel.EMPTY, 0)) for a in whole.actions)
        return MatrixColumn(u.short, made, doubt, u.code in bold.get(u.kind, set()))

    made = tuple((kind_name(k), tuple(map(column, units))) for k, units in groups)
    seen = {d for _, columns in made for c in columns for d in c.doubt}
    doubts = "，".join(f"{sign}＝{text}" for sign, text in DOUBTS.items() if sign in seen)
    note = "数字＝这几种共几项" + (f"；{doubts}" if doubts else "")
    return Matrix(word, made, tuple(a.name for a in facts.actions), _legend(facts), note)


def _doubt(state: UnitState) -> str:
    """The signs of what is doubtful in a unit's report."""
    word = {ReportState.RETURNED: "退", ReportState.CONFLICT: "冲"}.get(state.state, "")
    return "" if state.verified and not word else "未" * (not state.verified) + word


def _ordered(units: list[Unit], facts: BulletinFacts, means: dict[str, Decimal]) -> list[Unit]:
    came = facts.whole.contexts
    return sorted(units, key=lambda u: (u.code not in came, means.get(u.code, Decimal(1000)), u.order))


def _cells(facts: BulletinFacts) -> dict[tuple[str, str], MatrixCell]:
    """By unit and action the cell: its level is the lamp's, by the plan's rule; its number that of late and slow lines."""
    whole = facts.whole
    lamps, counted = whole.lamps(), Counter[tuple[str, str]]()
    for e in whole.of(TASKS):
        counted[e.unit.code, e.row[ACTION]] += whole.confirmations.mark(e.row) in (Mark.LATE, *SLOW)

    def level(unit: str, action: str) -> CellLevel:
        lamp = lamps[unit].get(action)
        return LEVELS.get(Mark(lamp.mark), CellLevel.FINE) if lamp else CellLevel.FINE

    return {place: MatrixCell(level(*place), count) for place, count in counted.items()}


def _legend(facts: BulletinFacts) -> tuple[tuple[CellLevel, str], ...]:
    late, slow, plan = facts.status_words(Mark.LATE), facts.status_words(*SLOW), facts.whole.space.plan
    rule = (f"有{late}", f"没有{late}，有{slow}")
    if plan.parameter(LAMP_RULE) == "share":
        part = share_words(plan.parameter(LAMP_SHARE))
        rule = (f"{late}占{part}及以上", f"{late}不到{part}，或有{slow}")
    return (
        (CellLevel.LATE, f"{rule[0]}{unconfirmed(facts, LAMP_RULE)}"),
        (CellLevel.SLOW, rule[1]),
        (CellLevel.FINE, "都没有"),
        (CellLevel.EMPTY, "无任务"),
        (CellLevel.ABSENT, "未报"),
    )


## obstacles


def obstacle_line(open_one: OpenObstacle, whole: Consolidation) -> ObstacleLine:
    """An obstacle to be decided: what the unit wants, and who the office asked."""
    h = open_one.obstacle
    asked = whole.space.plan.find("units", h.paper.get("asked") or "")
    return ObstacleLine(
        unit=h.unit.short + ("＊" if open_one.carried else ""),
        text=h.row[SUBJECT] or "",
        days=open_one.days,
        wanted=h.paper.get("opinion") or h.row[WANTED] or "（待填）",
        asked=asked.short if asked else "（待填）",
    )


def obstacles_note(facts: BulletinFacts) -> str:
    """How many there are at each level."""
    levels = facts.whole.space.plan.options("level")
    counted = Counter(o.obstacle.level for o in facts.obstacles)
    if not facts.obstacles:
        return ""
    told = "、".join(f"{o.name}{counted[o.id]}件" for o in reversed(levels))
    most = facts.whole.space.plan.parameter(FRONT_OBSTACLES)
    star = "；＊本期未报，照上次报的列" if any(o.carried for o in facts.at_top()[:most]) else ""
    return f"（未销号共{len(facts.obstacles)}件：{told}，见“未销号中梗阻台账”{star}）"
