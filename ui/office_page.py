"""一览: where every unit stands, and what the county's office does with a period from one place."""

from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from models.county import STATES, State, reminder, states
from models.errors import UserError
from models.ledger import Ledger
from ui.heading import heading
from ui.loading import load_files
from ui.session import Session
from ui.theme import Look

COLUMNS = ("代码", "单位", "状态", "版次", "收到时间", "备注")
MARKS = {"missing": "○", "submitted": "●", "late": "◐", "zero": "◇", "returned": "↩", "conflict": "‖"}
KINDS = {"": "全部单位", "township": "乡镇", "department": "县直部门", "park": "园区"}


class OfficePage(QWidget):
    """The county's first page. `loaded` says that files came in."""

    loaded = Signal()

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.session, self.look = session, look
        self.states: list[State] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(look.size(32), look.size(20), look.size(32), look.size(12))
        layout.setSpacing(look.size(8))
        self.sentence, self.second = heading(layout)
        layout.addLayout(self._actions())
        self.table = self._table()
        layout.addWidget(self.table, 1)
        self.refresh()

    def _actions(self) -> QHBoxLayout:
        row = QHBoxLayout()
        made = (
            ("收件……", "装入各单位报来的文件；压缩包、邮件也可以，或直接拖进窗口", self.choose, "main"),
            ("收一个文件夹……", "把文件夹里的全部装入", self.choose_folder, ""),
            ("选定版本……", "同一单位两台电脑报来的内容不同，由人选定一份", self.decide, ""),
            ("复制催报", "没有报的单位名单，复制后可以贴到通知里", self.remind, ""),
            ("下发和回执……", "每个单位一个任务包，收到上报的另写回执", self.hand_out, ""),
            ("汇总和通报……", "写出汇总表和调度通报", self.summarise, ""),
        )
        self.buttons = {}
        for text, hint, action, tone in made:
            button = QPushButton(text)
            button.setToolTip(hint)
            button.setProperty("tone", tone)
            button.clicked.connect(lambda _on=False, act=action: self._do(act))
            row.addWidget(button)
            self.buttons[text] = button
        row.addStretch(1)
        self.buttons["下发和回执……"].setVisible(self.session.space.role == "office")
        return row

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, len(COLUMNS))
        table.setAccessibleName("各单位报送情况")
        table.setHorizontalHeaderLabels(COLUMNS)
        table.verticalHeader().hide()
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.horizontalHeader().setSectionResizeMode(len(COLUMNS) - 1, QHeaderView.ResizeMode.Stretch)
        table.setSortingEnabled(False)
        table.itemActivated.connect(lambda item: self.session.go(unit=self.states[item.row()].unit))
        return table

    def _do(self, action: object) -> None:
        """An action under one roof: what a person can mend becomes a line in the foot."""
        try:
            action()  # type: ignore[operator]
        except UserError as error:
            self.session.told.emit(str(error), "red")

    ## what stands

    def follow(self, _changes: object) -> None:
        """Something was written."""
        self.refresh()

    def refresh(self) -> None:
        """Read where everybody stands."""
        space, period = self.session.space, self.session.period
        self.states = states(space, period)
        counted = Counter(s.state for s in self.states)
        missing = counted["missing"]
        self.sentence.setText(f"还有{missing}个单位没有报" if missing else "各单位都报了")
        told = "　".join(f"{MARKS[s]} {name}{counted[s]}" for s, name in STATES.items())
        self.second.setText(f"{period.name}　应于{period.due.month}月{period.due.day}日前报到。　{told}")
        self.buttons["选定版本……"].setEnabled(bool(counted["conflict"]))
        self.table.setRowCount(len(self.states))
        for n, s in enumerate(self.states):
            self._row(n, s)
        self.table.resizeColumnsToContents()

    def _row(self, n: int, s: State) -> None:
        notes = ["方案版本旧"] * s.old_plan + ["未验证"] * (not s.verified)
        version = f"第{s.revision}版" if s.revision else ""
        words = (s.unit.code, s.unit.short, f"{MARKS[s.state]} {STATES[s.state]}", version,
                 s.received[:16].replace("T", " "), "、".join(notes))  # fmt: skip
        for column, word in enumerate(words):
            item = QTableWidgetItem(word)
            if s.state in ("missing", "conflict", "returned") and column == 2:  # colour marks only what needs you
                item.setForeground(self.look.colour("red" if s.state == "conflict" else "amb"))
            self.table.setItem(n, column, item)

    ## what the office does

    def choose(self) -> None:
        """Load files."""
        names, _ = QFileDialog.getOpenFileNames(self, "收件", "", "所有文件 (*)")
        self.take_in([Path(n) for n in names])

    def choose_folder(self) -> None:
        """Load everything in a folder."""
        name = QFileDialog.getExistingDirectory(self, "收哪个文件夹")
        self.take_in([Path(name)] if name else [])

    def take_in(self, paths: list[Path]) -> None:
        """Load files, whatever they are."""
        told = load_files(self.session.space, paths, self.look, self) if paths else ""
        if told:
            self.loaded.emit()
            self.session.told.emit(told, "saved")

    def decide(self) -> None:
        """A person chooses among the versions of the unit in front, or of the first in conflict."""
        from exports.settling import decide

        space, period = self.session.space, self.session.period
        found = [s.unit for s in self.states if s.state == "conflict"]
        row = self.table.currentRow()
        unit = self.states[row].unit if row >= 0 and self.states[row].unit in found else found[0]
        heads = Ledger(space.store).standing(unit.code, period.id).heads
        words = [f"第{h.revision}版　{h.about.get('device') or '未知电脑'}　{h.made[:16]}　{h.id[:8]}" for h in heads]
        word, ok = QInputDialog.getItem(self, "选定版本", f"{unit.short}{period.name}以哪一份为准", words, 0, False)
        if ok:
            decide(space, unit.code, period.id, heads[words.index(word)].id)
            self.loaded.emit()
            self.session.told.emit(f"{unit.short}已选定{word}；选定的结果随回执发回", "saved")

    def remind(self) -> None:
        """Put the text for those who have not reported onto the clipboard."""
        QGuiApplication.clipboard().setText(reminder(self.session.space, self.session.period, self.states))
        self.session.told.emit("催报的文字已复制，可以粘贴到通知里", "saved")

    def hand_out(self) -> None:
        """Write the hand-outs and receipts of all units into a folder."""
        name = QFileDialog.getExistingDirectory(self, "任务包和回执放到哪个文件夹")
        if name:
            self.hand_out_to(Path(name))

    def hand_out_to(self, folder: Path) -> None:
        """Write the hand-outs and receipts of all units."""
        from exports.handout import file_name, handout, receipt, write_out

        space = self.session.space
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            made = [p for u in space.units for p in (handout(space, u), receipt(space, u)) if p is not None]
            for parcel in made:
                write_out(parcel, folder, file_name(space, parcel.about, parcel.id))
        finally:
            QApplication.restoreOverrideCursor()
        receipts = sum(p.kind == "receipt" for p in made)
        self.session.told.emit(f"已写出{len(made) - receipts}个任务包、{receipts}个回执，在 {folder}", "saved")

    def summarise(self) -> None:
        """Write the consolidated workbook and the bulletin."""
        from exports.summary import write_summary

        name = QFileDialog.getExistingDirectory(self, "汇总表和通报放到哪个文件夹")
        if name:
            paths = write_summary(self.session.space, self.session.period, Path(name))
            self.session.told.emit(f"已写出{'、'.join(p.name for p in paths)}，在 {name}", "saved")
