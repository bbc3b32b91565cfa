"""Preview of a filled workbook before it is merged: changed cells, unreadable cells, and questions."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QRadioButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from exports.incoming.outcome import Outcome
from exports.incoming.workbooks import Answer, problems_marked
from exports.readback.result import WorkbookReading
from exports.readback.sandbox import Sandbox
from models.errors import UserError, cause
from models.workspace import Workspace
from ui.operations.failure import catching
from ui.widgets import file_dialogs as choosing
from ui.widgets.theme import Theme

CHANGES = (("工作表", 104), ("行", 48), ("列", 40), ("栏目", 120), ("原来", 0), ("改成", 0), ("怎样读的", 190))
PROBLEMS = (("工作表", 104), ("行", 48), ("列", 48), ("写的内容", 190), ("没有采用的原因和办法", 0))
Again = Callable[[Answer], Outcome]


class WorkbookPreview(QDialog):
    """One workbook. `again` reads it with another answer; `answer` is the user's final one."""

    def __init__(
        self, space: Workspace, arrival: Outcome, again: Again, look: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.space, self.arrival, self.again, self.look = space, arrival, again, look
        self.answer = Answer()
        self.setWindowTitle("装入工作簿")
        self.resize(min(look.size(1040), 1320), min(look.size(600), 650))  # a common screen has 1366 × 696 px free
        layout = QVBoxLayout(self)
        layout.setSpacing(look.size(8))
        self.title, self.whose = QLabel(), QLabel()
        self.title.setProperty("tone", "section")
        self.whose.setProperty("tone", "second")
        for label in (self.title, self.whose):
            label.setWordWrap(True)
            layout.addWidget(label)
        self.periods, self.here, self.there = self._question("装入它自己的调度期", "当作本机当前的调度期")
        self.gone, self.keep, self.delete = self._question("保留", "也删去")
        self.changes = self._table("要改的格", CHANGES)
        self.problems_title = QLabel()
        self.problems_title.setProperty("tone", "strong")
        self.problems = self._table("没有采用的地方", PROBLEMS)
        self.problems.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for widget in (self.periods, self.gone):
            layout.addWidget(widget)
        layout.addWidget(self.changes, 3)
        layout.addWidget(self.problems_title)
        layout.addWidget(self.problems, 2)
        layout.addWidget(self._buttons())
        self.take.setDefault(True)
        self.there.toggled.connect(self._moved)
        self._show()
        self.changes.setFocus()

    @property
    def reading(self) -> WorkbookReading:
        """The differences between workbook and workspace."""
        assert self.arrival.reading is not None
        return self.arrival.reading

    def _question(self, usual: str, other: str) -> tuple[QFrame, QRadioButton, QRadioButton]:
        """An amber strip with a question and two radio buttons; `usual` is checked."""
        frame = QFrame()
        frame.setObjectName("amber")
        row = QHBoxLayout(frame)
        label = QLabel()
        label.setObjectName("question")
        label.setWordWrap(True)
        row.addWidget(label, 1)
        group, buttons = QButtonGroup(frame), (QRadioButton(usual), QRadioButton(other))
        for button in buttons:
            group.addButton(button)
            row.addWidget(button)
        buttons[0].setChecked(True)
        return frame, *buttons

    def _table(self, name: str, columns: Sequence[tuple[str, int]]) -> QTableWidget:
        table = QTableWidget(0, len(columns))
        table.setAccessibleName(name)
        table.setHorizontalHeaderLabels([c for c, _ in columns])
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self.look.size(34))
        table.setWordWrap(True)
        head = table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for n, (_, width) in enumerate(columns):
            if width:
                table.setColumnWidth(n, self.look.size(width))
            else:
                head.setSectionResizeMode(n, QHeaderView.ResizeMode.Stretch)
        return table

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        self.take = box.addButton("装入", QDialogButtonBox.ButtonRole.AcceptRole)
        self.take.setProperty("tone", "main")
        box.addButton("不装入", QDialogButtonBox.ButtonRole.RejectRole)
        self.marks = box.addButton("存一份标出问题的工作簿…", QDialogButtonBox.ButtonRole.ActionRole)
        self.marks.clicked.connect(self._save_marked)
        box.accepted.connect(self._accepted)
        box.rejected.connect(self.reject)
        return box

    ## display

    def _show(self) -> None:
        r, name = self.reading, Path(self.arrival.path).name
        told = [f"改{r.cells}格" if r.cells else "", f"新增{r.added}行" if r.added else ""]
        told += [f"{len(r.problems)}处没有采用" if r.problems else ""]
        self.title.setText(f"{name}：{'，'.join(t for t in told if t) or '与本机内容相同'}")
        how = "　按未验证的上报收下" if r.pure else ""
        self.whose.setText("；".join([f"{r.unit.short}　{r.period.name}{how}", *r.notes]))
        self._show_questions()
        news = [
            (d.sheet, d.row, d.column, d.label, "（新增行）" if d.new else d.before, d.after, d.how)
            for d in r.differences
        ]
        self._fill(self.changes, news)
        self._fill(self.problems, [(p.sheet, p.row, p.column or "整行", p.value, p.why) for p in r.problems])
        self.changes.setVisible(bool(news))
        for widget in (self.problems_title, self.problems, self.marks):
            widget.setVisible(bool(r.problems))
        self.problems_title.setText(f"没有采用的{len(r.problems)}处，其余照常装入：")
        self.take.setEnabled(bool(r.changes or r.gone))

    def _show_questions(self) -> None:
        r, now = self.reading, self.space.period
        own = self.space.plan.period(r.written_for or r.period.id)
        self.periods.setVisible(own != now and not r.pure)
        self.here.setText(f"装入{own.name}")
        self.there.setText(f"当作{now.name}")
        _ask(self.periods, f"这本工作簿是{own.name}的，本机当前是{now.name}：")
        names = "、".join(f"“{g.text}”" for g in r.gone[:4]) + ("等" if len(r.gone) > 4 else "")
        self.gone.setVisible(bool(r.gone) and not r.pure)
        _ask(self.gone, f"工作簿里删掉的{len(r.gone)}行（{names}）：")

    def _fill(self, table: QTableWidget, rows: Sequence[tuple[object, ...]]) -> None:
        table.setRowCount(len(rows))
        for n, row in enumerate(rows):
            for c, value in enumerate(row):
                text = str(value)
                item = QTableWidgetItem(" ".join(text.split()))
                item.setToolTip(text if len(text) > 12 else "")
                if table is self.changes and c == 5:
                    item.setFont(self.look.font(14, bold=True))
                if table is self.changes and c == 6 and text:
                    item.setForeground(self.look.colour("amb"))
                table.setItem(n, c, item)
        table.setColumnHidden(6, table is self.changes and not any(row[6] for row in rows))

    ## answers

    def _moved(self, there: bool) -> None:
        """Read the workbook into the current period if `there`, else into its own."""
        with catching(self.whose.setText):
            found = self.again(Answer(period=self.space.period.id if there else ""))
            if found.reading is None:
                self.whose.setText(found.message)
                self.take.setEnabled(False)
                return
            self.arrival = found
            self._show()

    def _accepted(self) -> None:
        period = self.space.period.id if self.there.isChecked() and self.reading.written_for else ""
        self.answer = Answer(self.delete.isChecked(), period)
        self.accept()

    def _save_marked(self) -> None:
        stem = Path(self.arrival.path).stem
        chosen = choosing.new_file(self, "存一份标出问题的工作簿", f"{stem}_标出问题.xlsx", "Excel 工作簿 (*.xlsx)")
        if not chosen:
            return
        try:
            with Sandbox() as apart:
                problems_marked(self.reading, Path(chosen), apart)
            self.whose.setText(f"已存：{chosen}；改好后再装入这一份")
        except UserError as error:
            self.whose.setText(str(error))
        except OSError as error:
            self.whose.setText(f"存不上（{cause(error)}），请换一个位置")


def _ask(frame: QFrame, text: str) -> None:
    label = frame.findChild(QLabel, "question")
    if isinstance(label, QLabel):
        label.setText(text)
