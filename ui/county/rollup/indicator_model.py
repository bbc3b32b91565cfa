"""The lines of 按指标: what must not have happened first, then a head per action with its indicators below it."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from forms.verdict import TO_LOOK_AT, VERDICT_WORDS, Verdict
from models.county import indicator_words as words
from models.county.indicator_results import IndicatorResult
from models.plan.entries import Action

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NAME, TARGET, TOTAL, CHANGE, PROGRESS, VERDICT, LEAD, OFFICIAL = range(len(words.HEADS))
RIGHT = (TARGET, TOTAL, CHANGE, PROGRESS, OFFICIAL)
QUIET = (Verdict.REACHED, Verdict.ON_COURSE, Verdict.WORDS)

# the chips: which results each shows
FILTERS: dict[str, Callable[[IndicatorResult], bool]] = {
    "要看的": lambda r: r.verdict in TO_LOOK_AT,
    "全部": lambda _r: True,
    "定性": lambda r: r.verdict == Verdict.WORDS,
}


@dataclass(frozen=True)
class ActionHead:
    """The head of an action: all its results, and whether the lines below it are folded away."""

    action: Action
    results: tuple[IndicatorResult, ...]
    folded: bool

    @property
    def title(self) -> str:
        """Numeral and name."""
        return f"{self.action.numeral}、{self.action.name}" if self.action.numeral else self.action.name

    @property
    def quiet(self) -> str:
        """How many of its indicators need no look, by verdict: 已达到4　定性1."""
        count = Counter(r.verdict for r in self.results)
        return "　".join(f"{VERDICT_WORDS[v]} {count[v]}" for v in QUIET if count[v])

    @property
    def spoken(self) -> str:
        """The head in words, for screen readers."""
        count = Counter(r.verdict for r in self.results)
        told = "，".join(f"{VERDICT_WORDS[v]}{n}" for v, n in count.items())
        return f"{self.title}，{told}，{'折起' if self.folded else '展开'}"


Line = ActionHead | IndicatorResult
Groups = Sequence[tuple[Action, Sequence[IndicatorResult]]]


class IndicatorModel(QAbstractTableModel):
    """Table model with a line per head and per shown result."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: Sequence[Line] = ()

    def show_results(self, groups: Groups, name: str, folded: Collection[str]) -> None:
        """Show the results that the chip `name` lets through; the actions in `folded` show their heads only."""
        self.beginResetModel()
        wanted = FILTERS[name]
        lines: list[Line] = [r for _, results in groups for r in results if r.broken]
        for action, results in groups:
            shown = [r for r in results if wanted(r) and not r.broken]
            lines.append(ActionHead(action, tuple(results), action.id in folded or not shown))
            lines += [] if action.id in folded else shown
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(words.HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in RIGHT else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return words.HEADS[section] if role == Role.DisplayRole else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role == Role.DisplayRole:
            return self.text(line, index.column())
        if role == Role.AccessibleTextRole:
            return line.spoken if isinstance(line, ActionHead) else self.text(line, index.column())
        if role == Role.ToolTipRole and isinstance(line, IndicatorResult):
            return tooltip(line)
        return None

    def text(self, line: Line, column: int) -> str:
        """The text of a cell; of a head only the first has one."""
        if isinstance(line, ActionHead):
            return "" if column else line.title
        if line.verdict == Verdict.WORDS and column == TARGET:
            return words.words_given(line)
        if line.verdict == Verdict.WORDS and column in (TOTAL, CHANGE, PROGRESS):
            return ""
        return words.cells(line)[column]

    def find(self, indicator: str) -> int:
        """The number of an indicator's line; -1 where it is not shown."""
        found = (n for n, x in enumerate(self.lines) if isinstance(x, IndicatorResult) and x.indicator.id == indicator)
        return next(found, -1)


def tooltip(r: IndicatorResult) -> str:
    """What the verdict rests on, with the wording of the plan."""
    official = words.official_sentence(r)
    parts = (f"{r.indicator.name}：{r.indicator.wording}", f"{r.judgement.word}：{r.judgement.why}",
             f"官方数 {official}" if official else "")  # fmt: skip
    return "\n".join(p for p in parts if p)
