"""The first page of a 调度通报, as data: what a leader reads, before the tables."""

from collections.abc import Sequence
from datetime import date

from exports.sheets import bulletin_tables as tables
from exports.sheets.bulletin_content import Bulletin, CompletionBar, MatrixRow
from exports.sheets.bulletin_facts import BulletinFacts
from exports.sheets.bulletin_sentences import basis, compared_kinds, sentences
from forms.parameters import FRONT_OBSTACLES
from forms.states import Mark
from forms.tasks import TASKS
from models.county.aggregation import average
from models.county.consolidation import ACTION, DONE, Consolidation
from models.county.lamps import Lamp
from models.county.rollup import TASK, Trend, absent
from models.plan.entries import Indicator, Unit

MOST_INDICATORS = 13  # on the page


def front(whole: Consolidation, today: date, title: str, trends: Sequence[tuple[Indicator, Trend]]) -> Bulletin:
    """The first page of a bulletin for the units and actions of `whole`, printed on the day `today`."""
    facts, about = BulletinFacts(whole, today), whole.space.plan.about
    most = whole.space.plan.parameter(FRONT_OBSTACLES)
    alone = len(whole.actions) == 1
    word = whole.space.form(TASKS.name).field(ACTION).label
    return Bulletin(
        title=f"{about['县']}{title}",
        office=about["制表机关"],
        plan=whole.space.plan.version,
        printed=f"{today.year}年{today.month}月{today.day}日",
        sample=any(whole.space.is_sample(u.code, whole.period.id) for u in whole.units),
        sentences=sentences(facts),
        indicators=tuple(tables.indicator_line(j) for j in facts.main[:MOST_INDICATORS]),
        indicators_note=tables.indicators_note(facts),
        bars_title=f"最慢的{TASKS.field(TASK).label}" if alone else f"各{word}平均完成",
        bars=tables.slowest_tasks(facts) if alone else tables.action_bars(facts),
        bars_note=tables.bars_note(facts),
        late_word=facts.status_words(Mark.LATE),
        last=facts.last,
        expected=facts.pace()[0] or whole.expected,
        ranking=tuple(tables.rank_table(k) for k in compared_kinds(facts)),
        ranking_note=tables.ranking_note(facts),
        matrix=tables.matrix(facts, word),
        obstacles=tuple(tables.obstacle_line(o, whole) for o in facts.at_top()[:most]),
        obstacles_note=tables.obstacles_note(facts),
        basis=basis(facts),
        charts=tuple(tables.indicator_line(j) for j in facts.indicators if j.judgement.bar is not None),
        trends=tuple(trends),
    )


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
