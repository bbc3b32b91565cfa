"""读回结果: how a filled workbook differs from the workspace: cells, new rows, deleted rows, and what was
not taken in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from exports.readback.sheets import WorkbookProblem
from forms.field import Row
from models.plan.entries import Period, Unit
from models.store.change import Change


@dataclass(frozen=True)
class WorkbookDifference:
    """A cell that differs: its place, before and after as text, and `how` it was understood where that is not plain.
    `new`: the cell is in a new row.
    """

    form: str
    record: str
    field: str
    sheet: str
    row: int
    column: str
    label: str
    before: str
    after: str
    how: str = ""
    new: bool = False


@dataclass(frozen=True)
class Gone:
    """A row that was deleted in the workbook; it is kept here unless the user chooses to delete it."""

    form: str
    text: str
    changes: Sequence[Change]


@dataclass
class WorkbookReading:
    """How a workbook differs from the workspace. `changes` would take it in; `problems` are the cells not taken in;
    `notes` are further sentences for the user.
    """

    unit: Unit
    period: Period
    changes: list[Change] = field(default_factory=list)
    differences: list[WorkbookDifference] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)
    problems: list[WorkbookProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    kept: int = 0  # cells empty in the workbook and filled here, where it is unknown which is newer
    written_for: str = ""  # the workbook's own period, where it is read into another
    again: bool = False  # the same workbook was taken in before
    pure: bool = False  # compared with its content when it was written, and not with the workspace
    start: dict[str, Sequence[Row]] = field(default_factory=dict)  # that content, by form
    keys: Mapping[str, str] = field(default_factory=dict)  # of the workbook's very hidden sheet
    data: bytes = field(default=b"", repr=False)

    @property
    def cells(self) -> int:
        """The number of cells that change in existing rows."""
        return sum(not d.new for d in self.differences)

    @property
    def added(self) -> int:
        """The number of new rows."""
        return len({d.record for d in self.differences if d.new})

    @property
    def emptied(self) -> list[str]:
        """The cells that are filled here and were emptied in the workbook: place and value here."""
        gone = [d for d in self.differences if d.before and not d.after and not d.new]
        return [f"{d.sheet}:{d.row}:{d.column}: “{d.label}”清空了，原来是：{d.before[:60]}" for d in gone]

    def with_deletions(self) -> list[Change]:
        """The changes, with those that delete the rows deleted in the workbook."""
        return [*self.changes, *(c for g in self.gone for c in g.changes)]

    def sentence(self, deleted: bool = False) -> str:
        """The result in one sentence; `deleted`: rows deleted in the workbook are deleted here too."""
        same = "没有可以采用的改动" if self.problems else "与本机内容相同"
        same = "已装入过，无变化" if self.again else same
        told = [f"改了{self.cells}格，新增{self.added}行" if self.changes else "" if deleted and self.gone else same]
        names = "、".join(f"“{g.text}”" for g in self.gone[:5]) + ("等" if len(self.gone) > 5 else "")
        stays = f"删去{len(self.gone)}行" if deleted else f"有{len(self.gone)}行在工作簿里删掉了，本机的保留未删"
        told += [f"{stays}：{names}"] if self.gone else []
        told += [f"{self.kept}格在工作簿里是空的，本机的内容保留"] if self.kept else []
        how = list(dict.fromkeys(d.how for d in self.differences if d.how))
        told += [f"读作：{'、'.join(how[:5])}" + ("等" if len(how) > 5 else "")] if how else []
        return "；".join(t for t in [*told, *self.notes] if t)

    def report(self, deleted: bool = False) -> str:
        """The sentence, then each problem on a line."""
        lines, said = [p.line for p in self.problems], self.sentence(deleted)
        return "\n".join([f"{said}；{len(lines)}处没有采用：" if lines else said, *lines])

    @property
    def message(self) -> str:
        """The report where no rows are deleted here."""
        return self.report()
