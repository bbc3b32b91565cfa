"""Notes under the county's tables (表下的话): what the figures rest on, what waits, what is compared with what."""

from forms.county_papers import MEAN
from models.county.consolidation import Consolidation
from models.county.unit_states import conflict_notice as clashing


def progress_notes(whole: Consolidation) -> tuple[str, ...]:
    """The notes under the progress of the actions."""
    return (*_mean(whole), *_unproven(whole), *_comparable(whole))


def basis_note(whole: Consolidation) -> str:
    """The note under every total on what its figures rest on."""
    return f"{whole.rests_on.sentence}。"


def conflict_note(whole: Consolidation) -> tuple[str, ...]:
    """A note naming the units with submissions in conflict; () for none."""
    told = clashing(whole.states)
    return (f"{told}。",) if told else ()


def _mean(whole: Consolidation) -> tuple[str, ...]:
    """A note with the mean completion of all tasks, which the total row cannot show."""
    figures = whole.figures(whole.entries)
    if figures[MEAN] is None:
        return ()
    told = f"合计：全部任务平均完成{figures[MEAN]}%"
    if figures["lag"] is not None:
        told += f"，序时{figures['expected']}%，与序时差{figures['lag']}个百分点"
    return (f"{told}。",)


def _unproven(whole: Consolidation) -> tuple[str, ...]:
    """A note on completions that wait for the county and on lines that it ended; () for none."""
    figures = whole.figures(whole.entries)
    claimed, ended = figures["unproven"], figures["ended"]
    told = [f"报了已完成、还没有核验通过的{claimed}行，没有计入“已完成”"] * bool(claimed)
    told += [f"经批准终止的{ended}行，不计入各状态和平均完成"] * bool(ended)
    return (f"{'；'.join(told)}。",) if told else ()


def _comparable(whole: Consolidation) -> tuple[str, ...]:
    """A note with the means of both periods over the units that are in both; () for none."""
    now, before = whole.comparable, whole.before
    if now is None or before is None:
        return ()
    this, last = (c.figures(c.entries)[MEAN] for c in (now, before))
    return (
        (f"可比{len(before.contexts)}家：平均完成本期{this}%，上期{last}%。",)
        if this is not None and last is not None
        else ()
    )
