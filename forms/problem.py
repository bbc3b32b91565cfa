"""Check, what the program looks at (审核), and Problem, what it finds (审核问题): one entry for each code, so that window,
workbook and paper use the same sentences. Checks of one form are in that form's file, beside their functions.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from forms.field import Context, Row

LEVELS = {"A": "强制", "B": "准强制", "C": "核实", "D": "提示"}
STRICT = ("A", "B")  # what counts against a unit
REASON_LENGTH = {"B": 1, "C": 6}  # a written reason of at least so many characters lets the problem pass


class CheckResult(NamedTuple):
    """What the function of a check yields: the field it sits on, the figures for its sentence."""

    field: str
    figures: dict[str, Any] = {}  # noqa: RUF012 - never written to


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem, at one cell. `row` counts from 1 as on the printed form; 0 for the form itself."""

    level: str
    code: str
    form: str
    row: int
    record: str
    field: str
    message: str
    sides: tuple[str, ...] = ()  # two figures that do not go together: name, figure, sign, name, figure
    rule: str = ""  # what the check compares, in a sentence for the one who reads the problem


CheckFunction = Callable[[Row, Context], Iterable[CheckResult]]


@dataclass(frozen=True)
class Check:
    """One entry a check: its code (stored with the reasons given, so it never changes), level, the sentence of a
    problem, the rule in words, the two values that contradict each other, and the function that finds it in a complete
    row. In `sentence` and `sides`, {label} is the heading of the field and the other names are the figures of
    CheckResult. Checks without a function are made by the program for every form.
    """

    code: str
    level: str
    sentence: str
    rule: str
    sides: tuple[str, ...] = ()
    function: CheckFunction | None = None

    def by(self, function: CheckFunction) -> "Check":
        """The same check, found by this function: for a check that several forms share."""
        return replace(self, function=function)

    def results(self, row: Row, ctx: Context) -> Iterable[CheckResult]:
        """What the function finds in a complete row."""
        return self.function(row, ctx) if self.function else ()

    def problem(self, form: str, label: str, found: CheckResult, row: int = 0, record: str = "") -> Problem:
        """The problem at one place: `label` is the heading of the field, or the title of the form."""
        message = self.sentence.format(label=label, **found.figures)
        sides = tuple(part.format(**found.figures) for part in self.sides)
        return Problem(self.level, self.code, form, row, record, found.field, message, sides, self.rule)


CheckHit = tuple[Check, CheckResult]

REQUIRED = Check("required", "A", "“{label}”没有填，请填写", "带 * 的栏每一行都要填，空着就不能传出。")
UNREADABLE = Check("unreadable", "A", "“{label}”{why}", "每一栏有自己的写法：数字栏只写数，日期栏写年月日。")
UNKNOWN_CHOICE = Check(
    "unknown_choice",
    "A",
    "“{label}”里的“{value}”不在方案的可选内容里，请重新选择",
    "选择栏只认方案里列出的内容，汇总时才合得到一起。",
)
EMPTY_FORM = Check(
    "empty_form",
    "A",
    "这张表一行也没有，请填报；确实没有的，请选“零报告”",
    "每张表要么有内容，要么声明零报告；空着，县里分不清是没有还是忘了。",
)
ZERO_BUT_FILLED = Check(
    "zero_but_filled",
    "A",
    "已声明零报告，表里却有{count}行，请撤销零报告或删去这些行",
    "零报告说的是“本期一行也没有”，所以表里不能再有行。",
)
DOUBLE = Check(
    "double",
    "B",
    "“{label}”与第{other}行相同（“{value}”），请删去重复的行；确属两件事的，写明区别",
    "有的栏在一张表里不能重复，重复了汇总就会算两遍。",
)
LEFT_PLAN = Check(
    "left_plan",
    "D",
    "“{value}”已不在新方案里，这一行填过的内容仍保留，不用再填；不要了可以删去这一行",
    "方案改过以后，老方案的行留着不删，只提示一声。",
)
FILE_GONE = Check(
    "file_gone",
    "B",
    "“{label}”里“{name}”的原件不在本机，请重新添加或移去；县里已收到过的，写明“县里已有”",
    "表里写着的佐证材料，原件要在本机，才能随上报包带给县里。",
)
HALF_WIDTH = Check(
    "half_width", "D", "“{label}”里有半角标点“{marks}”，可以整理成全角", "正文用全角标点，打印出来整齐；不改也能传出。"
)

GENERAL = (
    REQUIRED,
    UNREADABLE,
    UNKNOWN_CHOICE,
    EMPTY_FORM,
    ZERO_BUT_FILLED,
    DOUBLE,
    LEFT_PLAN,
    FILE_GONE,
    HALF_WIDTH,
)  # checks of every form
