"""The sentences of a bulletin's first page, and what its figures rest on; every figure is one of BulletinFacts."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from exports.sheets.bulletin_facts import SLOW, ActionFacts, BulletinFacts
from forms.comparison import PERCENTAGES, Nature
from forms.county_papers import COUNTED, STANDINGS
from forms.parameters import FRONT_OBSTACLES, LONG_OPEN
from forms.states import Mark, ReportState
from forms.tasks import TASKS
from forms.verdict import BAD, VERDICT_WORDS, Direction, Verdict, plain_figure
from models.county.consolidation import ACTION
from models.county.indicator_results import IndicatorResult
from models.county.ranking import KindRanking
from models.county.unit_states import STATES, conflict_notice
from models.plan.entries import Unit

GOOD = (Verdict.REACHED, Verdict.ON_COURSE)
NAMED = 3  # indicators in a sentence
UNITS = 8  # units in a list of names
Sentence = tuple[str, str]  # the word in bold, and the rest


def sentences(facts: BulletinFacts) -> tuple[Sentence, ...]:
    """总体, 最差, 最好, 请定; a sentence without anything to say is left out."""
    whole = facts.whole
    scope = f"只汇总选定的{len(whole.units)}个单位，不是全部单位。" if whole.only else ""
    found = [("范围", scope), ("总体", _overall(facts)), ("最差", _worst(facts)), ("最好", _best(facts))]
    return tuple((word, text) for word, text in [*found, ("请定", _to_decide(facts))] if text)


def points(value: Decimal, faster: str = "快", slower: str = "慢") -> str:
    """A difference in points, in words."""
    return f"{faster if value > 0 else slower}{abs(value)}个百分点" if value else "持平"


def _overall(facts: BulletinFacts) -> str:
    whole = facts.whole
    if not whole.contexts:
        return "还没有单位报来，没有可以汇总的数。"
    mean, change = facts.mean(whole), facts.change()
    if mean is None:
        return f"{len(whole.contexts)}个单位已报，还没有收到任务进度。"
    beside = (
        f"，比{facts.last}{points(change, '多', '少')}"
        if change
        else f"，与{facts.last}持平"
        if change is not None
        else ""
    )
    expected, lag = facts.pace()
    pace = f"，比序时（{expected}%）{points(lag)}" if lag else f"，与序时（{expected}%）一样" if lag is not None else ""
    tasks, figures = whole.of(TASKS), whole.figures(whole.of(TASKS))
    order = [*facts.statuses(Mark.LATE), *facts.statuses(*SLOW), *facts.statuses(Mark.DONE)]
    parts = [f"{o.name}{n}项" for o in order if (n := figures[f"{COUNTED}{o.id}"])]
    parts += [f"报已完成待核验{figures['unproven']}项"] * bool(figures["unproven"])
    counts = "，".join(parts)
    return f"任务{len(tasks)}项，平均完成{mean}%{pace}{beside}{f'；{counts}' if counts else ''}。"


def _worst(facts: BulletinFacts) -> str:
    slow = sorted(_known(facts), key=lambda a: a.percent or 0)
    parts = [_of_actions(facts, slow[:2])] if len(slow) > 1 else []
    parts += [f"{_kind(k)}：{k.ranked[-1].unit.short}（{k.ranked[-1].percent}%）" for k in compared_kinds(facts)]
    return _joined([*parts, _bad_indicators(facts)])


def _bad_indicators(facts: BulletinFacts) -> str:
    """The indicators with a bad verdict, those first that cannot be undone, then those that miss their goal by most."""
    bad = [j for j in facts.indicators if j.verdict in BAD]
    bad.sort(key=lambda j: (BAD.index(j.verdict), -_missed(j), not j.indicator.main))
    named = "、".join(f"{j.indicator.name}{_short(j)}" for j in bad[:NAMED])
    return f"指标：{named}{f'等{len(bad)}项' if len(bad) > NAMED else ''}" if bad else ""


def _missed(j: IndicatorResult) -> Decimal:
    """How much an indicator misses, as a share of what it should be (or of the year, for what grows through it)."""
    made = j.judgement
    if made.gap is not None:
        return abs(made.gap) / 100
    return abs(made.short) / abs(made.bar) if made.short and made.bar else Decimal(0)


def _short(j: IndicatorResult) -> str:
    """By how much an indicator misses what it should be, in a few words."""
    made, i = j.judgement, j.indicator
    if made.verdict == Verdict.OCCURRED:
        return f"已发生{plain_figure(j.total or Decimal(0))}{i.measure or ''}"
    if made.gap is not None and made.verdict == Verdict.BEHIND:
        return f"比序时{points(made.gap)}"
    unit = "个百分点" if i.nature in PERCENTAGES else "位" if i.nature == Nature.RANK else i.measure or ""
    if made.short is None or made.short <= 0:
        return made.why
    return f"{'多' if made.direction == Direction.LESS else '差'}{plain_figure(made.short)}{unit}"


def _best(facts: BulletinFacts) -> str:
    quick = max(_known(facts), key=lambda a: a.percent or 0, default=None)
    parts = [_of_actions(facts, [quick], changes=True)] if quick and len(facts.actions) > 1 else []
    parts += [f"{_kind(k)}：{k.ranked[0].unit.short}（{k.ranked[0].percent}%）" for k in compared_kinds(facts)]
    return _joined([*parts, _good_indicators(facts)])


def _good_indicators(facts: BulletinFacts) -> str:
    counted = Counter(j.verdict for j in facts.main)
    if not any(counted[v] for v in GOOD):
        return ""
    order = (*GOOD, *reversed(BAD), Verdict.UNKNOWN)
    return f"{len(facts.main)}项主要指标：" + "、".join(
        f"{VERDICT_WORDS[v]}{counted[v]}项" for v in order if counted[v]
    )


def _joined(parts: Sequence[str]) -> str:
    given = [p for p in parts if p]
    return f"{'；'.join(given)}。" if given else ""


def _known(facts: BulletinFacts) -> list[ActionFacts]:
    return [a for a in facts.actions if a.percent is not None]


def _of_actions(facts: BulletinFacts, actions: Sequence[ActionFacts], changes: bool = False) -> str:
    word = facts.whole.space.form(TASKS.name).field(ACTION).label
    told = [
        f"{a.name}（{a.percent}%{f'，比{facts.last}{a.change:+}' if changes and a.change is not None else ''}）"
        for a in actions
    ]
    return f"{word}：{'、'.join(told)}"


def _kind(kind: KindRanking) -> str:
    return kind_name(kind.kind)


def kind_name(kind: str) -> str:
    """The name of a kind of units."""
    return STANDINGS.field("unit_kind").kind.show(kind)


def compared_kinds(facts: BulletinFacts) -> list[KindRanking]:
    """The kinds of which at least two units are ranked: one alone has nobody to be compared with."""
    return [k for k in facts.kinds if len(k.ranked) > 1]


def _to_decide(facts: BulletinFacts) -> str:
    plan, level, mine = facts.whole.space.plan, facts.top_level, facts.at_top()
    if level is None:
        return ""
    if not mine:
        none = f"没有{level.name}层面未销号的中梗阻"
        absent = len(facts.missing)
        came = len(facts.whole.units) - absent
        return f"已报的{came}家{none}；未报的{absent}家以前也没有报过。" if absent else f"{none}。"
    days, most = plan.parameter(LONG_OPEN), plan.parameter(FRONT_OBSTACLES)
    shown = min(most, len(mine))
    return (
        f"{level.name}层面未销号{len(mine)}件，其中挂账超过{days}天{sum(o.days > days for o in mine)}件；"
        f"挂账最久的{shown}件列在本页，请决定。"
    )


## what the figures rest on


def basis(facts: BulletinFacts) -> str:
    """How many units of how many the figures rest on, which of these are in doubt, and what is not in them."""
    whole = facts.whole
    counted = [s for s in whole.states if s.unit.code in whole.contexts]
    basis, words = whole.rests_on, (STATES[ReportState.RETURNED], STATES[ReportState.CONFLICT])
    doubts = [
        ("未验证", basis.unverified),
        (words[0], basis.returned),
        ("有强制或准强制问题", basis.failing),
        (words[1], basis.conflict),
    ]
    inside = [f"{word}{len(names)}家（{_listed(names)}）" for word, names in doubts if names]
    late = sum(s.late for s in counted)
    inside += [f"{STATES[ReportState.LATE]}{late}家"] if late else []
    found = [f"{len(whole.units)}家已报{len(counted)}家" + (f"，其中{'、'.join(inside)}" if inside else "") + "。"]
    found += [f"不计入{len(basis.excluded)}家（{_listed(basis.excluded)}）。"] if basis.excluded else []
    found += [f"{conflict_notice(whole.states)}。"] if conflict_notice(whole.states) else []
    found += whole.space.plan.correction_note(whole.period)
    return "".join([*found, _absent(facts), _compared(facts)])


def _absent(facts: BulletinFacts) -> str:
    if not facts.missing:
        return ""
    carried = sum(o.carried for o in facts.obstacles)
    more = f"，以前报的未销号中梗阻{carried}件照列" if carried else ""
    return f"未报{len(facts.missing)}家：{named(facts.missing)}，不计入各项数{more}。"


def _compared(facts: BulletinFacts) -> str:
    if not facts.comparable:
        return f"没有{facts.last}的数可比。" if facts.whole.contexts else ""
    return f"与{facts.last}比，只比两期都报的{len(facts.comparable)}家。"


def named(units: Sequence[Unit]) -> str:
    """The short names of units, the first few of many."""
    return _listed([u.short for u in units])


def _listed(names: Sequence[str]) -> str:
    more = f"等{len(names)}家" if len(names) > UNITS else ""
    return "、".join(names[:UNITS]) + more
