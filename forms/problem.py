"""What a check can find: one catalogue of levels and sentences, so that window, workbook and paper say the same."""

from dataclasses import dataclass
from typing import Any, NamedTuple

LEVELS = {"A": "强制", "B": "准强制", "C": "核实", "D": "提示"}
STRICT = ("A", "B")  # what counts against a unit
REASON_LENGTH = {"B": 1, "C": 6}  # a written reason of at least so many characters lets the problem pass


class Found(NamedTuple):
    """What a check function yields: a code of the catalogue, the field it sits on, the figures for its sentence."""

    code: str
    field: str
    figures: dict[str, Any] = {}  # noqa: RUF012 - never written to


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding, at one cell. `row` counts from 1 as on the printed form, 0 for the form as a whole."""

    level: str
    code: str
    form: str
    row: int
    record: str
    field: str
    message: str
    sides: tuple[str, ...] = ()  # two figures that do not go together: name, figure, sign, name, figure


# code: (level, sentence). {label} is the heading of the field; the other names are the figures of Found.
CATALOGUE: dict[str, tuple[str, str]] = {
    # any form
    "required": ("A", "“{label}”没有填，请填写"),
    "unreadable": ("A", "“{label}”{why}"),
    "unknown_choice": ("A", "“{label}”里的“{value}”不在方案的可选内容里，请重新选择"),
    "empty_form": ("A", "这张表一行也没有，请填报；确实没有的，请选“零报告”"),
    "zero_but_filled": ("A", "已声明零报告，表里却有{count}行，请撤销零报告或删去这些行"),
    "double": ("B", "“{label}”与第{other}行相同（“{value}”），请删去重复的行；确属两件事的，写明区别"),
    "left_plan": ("D", "“{value}”已不在新方案里，这一行填过的内容仍保留，不用再填；不要了可以删去这一行"),
    "file_gone": ("B", "“{label}”里“{name}”的原件不在本机，请重新添加或移去；县里已收到过的，写明“县里已有”"),
    "half_width": ("D", "“{label}”里有半角标点“{marks}”，可以整理成全角"),
    # tasks
    "no_reason": ("A", "状态是“{status}”，“{label}”没有写，请写明原因和需要的支持"),
    "done_not_full": ("A", "状态是“{status}”，完成进度却是{percent}%，请改成100%，或改状态"),
    "full_not_done": ("B", "完成进度已是100%，状态却是“{status}”，请改成“已完成”，或写明为什么还没有办结"),
    "fell_back": ("B", "本期{label}{now}比上期{before}少{less}，请改成不小于{before}；上期填错的，写明原因"),
    "overdue": ("B", "完成时限{due}已过，状态还是“{status}”，请办结后改状态，或写明新的时限和原因"),
    "behind": ("C", "完成进度{percent}%，比序时进度{expected}%慢{gap}个百分点，状态却是“{status}”，请改状态或说明原因"),
    "same_text": ("C", "“{label}”与上期一字不差，请写本期的新情况；确无变化的，说明原因"),
    "short_text": ("C", "“{label}”只有{count}个字，请写清做了什么、到了哪一步"),
    "no_next": ("D", "任务还没有完成，“{label}”没有写，最好写上"),
    # projects
    "period_over_year": ("A", "本期完成{period}万元比本年累计{year}万元多{more}万元，请核对这两栏"),
    "sum_broken": (
        "B",
        "本年累计{year}万元不等于上期累计{before}万元加本期{period}万元（{expected}万元），请核对；确有调整的，写明原因",
    ),
    "over_plan": ("B", "本年累计{year}万元超过年度计划{plan}万元{more}万元，请核对；确已超额的，写明原因"),
    "over_total": (
        "B",
        "上年底累计{past}万元加本年累计{year}万元超过总投资{total}万元{more}万元，请核对；概算有调整的，写明原因",
    ),
    "plan_over_total": ("A", "年度计划{plan}万元比总投资{total}万元还多{more}万元，请核对这两栏"),
    "ends_before_start": ("A", "“{label}”{end}早于开工{start}，请改过来"),
    "investment_behind": ("C", "本年累计只占年度计划的{percent}%，比序时进度{expected}%慢{gap}个百分点，请说明原因"),
    # policies
    "issued_without": ("A", "政策已到“{stage}”，“{label}”没有填，请填写"),
    "in_future": ("B", "“{label}”{day}晚于本期末{end}，请改过来；确是预告的，写明原因"),
    "paid_nobody": ("B", "已兑现资金{money}万元，受益户数却没有填，请填写；暂无统计的，写明原因"),
    # indicators
    "no_figure": ("B", "“{label}”没有填，请填写；统计部门尚未公布的，写明何时能有"),
    "missed": ("C", "累计{value}{measure}，目标是“{target}”，还没有达到，请在说明里写原因和打算"),
    "now_over_sum": ("B", "本期{now}比累计{total}还大，请核对这两栏；有减少的，写明原因"),
    # obstacles
    "closed_without": ("A", "状态是“{status}”，“{label}”没有填，请填写"),
    "closed_date_alone": ("A", "填了销号日期{day}，状态却是“{status}”，请改状态，或删去日期"),
    "obstacle_overdue": ("B", "解决时限{due}已过，状态还是“{status}”，请销号，或写明新的时限和原因"),
    # publicity, cover
    "outside_period": ("C", "“{label}”{day}不在本期（{start}至{end}）内，请核对；补报的，说明原因"),
    "odd_phone": ("C", "“{value}”不像电话号码，请填区号加号码或11位手机号；确实如此的，说明情况"),
}


def level(code: str) -> str:
    """The level A, B, C or D of a code."""
    return CATALOGUE[code][0]


def sentence(code: str, label: str, figures: dict[str, Any]) -> str:
    """The message of a code with its figures filled in."""
    return CATALOGUE[code][1].format(label=label, **figures)


# code: the two sides that do not go together, as name, figure, sign, name, figure
SIDES: dict[str, tuple[str, str, str, str, str]] = {
    "done_not_full": ("状态", "{status}", "≠", "完成进度", "{percent}%"),
    "fell_back": ("本期", "{now}", "＜", "上期", "{before}"),
    "behind": ("完成进度", "{percent}%", "＜", "序时进度", "{expected}%"),
    "period_over_year": ("本期完成", "{period}万元", "＞", "本年累计", "{year}万元"),
    "sum_broken": ("本年累计", "{year}万元", "≠", "上期累计＋本期完成", "{expected}万元"),
    "over_plan": ("本年累计", "{year}万元", "＞", "年度计划", "{plan}万元"),
    "plan_over_total": ("年度计划", "{plan}万元", "＞", "总投资", "{total}万元"),
    "ends_before_start": ("竣工", "{end}", "＜", "开工", "{start}"),
    "investment_behind": ("占年度计划", "{percent}%", "＜", "序时进度", "{expected}%"),
    "in_future": ("填的日期", "{day}", "＞", "本期末", "{end}"),
    "missed": ("累计", "{value}{measure}", "≠", "目标", "{target}"),
    "now_over_sum": ("本期", "{now}", "＞", "累计", "{total}"),
    "closed_date_alone": ("销号日期", "{day}", "≠", "状态", "{status}"),
}


def sides(code: str, figures: dict[str, Any]) -> tuple[str, ...]:
    """The two figures that a code sets against each other; () where it has none."""
    return tuple(part.format(**figures) for part in SIDES[code]) if code in SIDES else ()
