"""首页 and 审核: one list of what is left; the current one can be answered on the spot or gone to."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from forms.form import Form
from forms.problem import LEVELS, REASON_LENGTH
from models.checking import Finding, give_reason
from ui import marks
from ui.answer_box import AnswerBox
from ui.session import Session
from ui.theme import Look

Role = Qt.ItemDataRole


class FindingDelegate(QStyledItemDelegate):
    """A line of the list: level mark, place, message."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, self.look.size(46))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        finding, place = index.data(Role.UserRole), index.data(Role.UserRole + 1)
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, self.look.colour("acc_tint" if chosen else "sheet"))
        painter.setPen(self.look.colour("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        marks.level(painter, self.look, finding.problem.level, option.rect.left() + 22, option.rect.center().y())
        box = option.rect.adjusted(44, 4, -12, -4)
        half = box.height() // 2
        painter.setFont(self.look.font(13))
        painter.setPen(self.look.colour("ink3" if finding.settled else "ink"))
        message = painter.fontMetrics().elidedText(finding.problem.message, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(QRect(box.left(), box.top(), box.width(), half), Qt.AlignmentFlag.AlignVCenter, message)
        painter.setFont(self.look.font(12))
        painter.setPen(self.look.colour("ink2"))
        told = f"{place}　✓ 已说明：{finding.reason}" if finding.reason else place
        told = painter.fontMetrics().elidedText(told, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(QRect(box.left(), box.top() + half, box.width(), half), Qt.AlignmentFlag.AlignVCenter, told)
        painter.restore()


class CheckPage(QWidget):
    """All findings of all forms; `wanted` asks to go to a cell: form, record, field."""

    wanted = Signal(str, str, str)

    def __init__(self, session: Session, look: Look, home: bool = False) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.session, self.look, self.home = session, look, home
        self.shown = False
        self.sentence = QLabel()
        self.sentence.setProperty("tone", "sentence")
        self.second = QLabel()
        self.second.setProperty("tone", "second")
        self.second.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName("还剩的事")
        self.list.setItemDelegate(FindingDelegate(look, self.list))
        self.list.currentRowChanged.connect(lambda _row: self._show_current())
        self.list.itemActivated.connect(lambda _item: self.go())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 20, 28, 16)
        layout.setSpacing(10)
        layout.addWidget(self.sentence)
        layout.addWidget(self.second)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._answer())
        self.follow([])

    def _answer(self) -> QFrame:
        """The current item, open, with its reason box."""
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        self.message = QLabel()
        self.message.setWordWrap(True)
        column.addWidget(self.message)
        self.spot = AnswerBox(self.session, self.look)
        column.addWidget(self.spot)
        row = QHBoxLayout()
        self.reason = QLineEdit()
        self.reason.setAccessibleName("审核说明")
        self.reason.returnPressed.connect(self.give)
        self.save = QPushButton("存好说明")
        self.save.clicked.connect(self.give)
        jump = QPushButton("到那一格（Ctrl+G）")
        jump.setShortcut("Ctrl+G")
        jump.setProperty("tone", "main")
        jump.clicked.connect(self.go)
        row.addWidget(self.reason, 4)
        row.addStretch(1)
        row.addWidget(self.save)
        row.addWidget(jump)
        column.addLayout(row)
        self.card = card
        return card

    def follow(self, _changes: list) -> None:
        """Show the findings as they are now; the place in the list is kept. A page not looked at waits till it is."""
        if self.shown and not self.isVisible():
            return
        self.shown = True
        at = max(self.list.currentRow(), 0)
        found = self.session.left if self.home else self.session.findings
        self.list.blockSignals(True)  # half a list asks for nothing
        self.list.clear()
        for finding in sorted(found, key=lambda f: (f.settled, f.problem.level)) if not self.home else found:
            item = QListWidgetItem()
            item.setData(Role.UserRole, finding)
            item.setData(Role.UserRole + 1, self._place(finding))
            item.setData(Role.AccessibleTextRole, f"{LEVELS[finding.problem.level]} {finding.problem.message}")
            self.list.addItem(item)
        self.list.setCurrentRow(min(at, self.list.count() - 1))
        self.list.blockSignals(False)
        self._tell()
        self._show_current()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.follow([])

    def _place(self, finding: Finding) -> str:
        p, form = finding.problem, self.session.space.form(finding.problem.form)
        where = f"第{p.row}行" if p.row else ""
        label = f"　{form.field(p.field).label}" if p.field else ""
        return f"{LEVELS[p.level]}　{form.title}{where}{label}{self._subject(finding, form)}"

    def _subject(self, finding: Finding, form: Form) -> str:
        """What the line is about: the words of its first column."""
        row = next((r for r in self.session.ctx.rows[form.name] if r["id"] == finding.problem.record), None)
        first = next((f for f in form.fields if f.name != form.group), None)
        if row is None or first is None or form.record:
            return ""
        return f"　“{first.kind.show(row.get(first.name))}”"

    def _tell(self) -> None:
        left, unit, period = self.session.left, self.session.unit.short, self.session.period
        if self.home:
            self.sentence.setText(f"还剩 {len(left)} 件" if left else "本期都填好了")
        else:
            self.sentence.setText(f"还有 {len(left)} 处要改或说明" if left else "审核通过，可以打印上报")
        levels = [f.problem.level for f in self.session.findings]
        counts = "　".join(f"{n} {levels.count(k)}" for k, n in LEVELS.items() if k in levels)
        due = f"{unit}　{period.name}　截止{period.due.month}月{period.due.day}日"
        self.second.setText(f"{due}　{counts}　按 F8 到下一件" if left else due)
        self.card.setVisible(self.list.count() > 0)

    def current(self) -> Finding | None:
        """The finding the list stands on."""
        return self.list.currentIndex().data(Role.UserRole)

    def _show_current(self) -> None:
        finding = self.current()
        if finding is None:
            return
        self.message.setText(f"{self._place(finding)}\n{finding.problem.message}")
        self.spot.show_finding(finding)
        may = finding.problem.level in REASON_LENGTH
        self.reason.setVisible(may)
        self.save.setVisible(may)
        if may:
            self.reason.setText(finding.reason)
            self.reason.setPlaceholderText(f"确实如此的，写明原因（至少{REASON_LENGTH[finding.problem.level]}个字）")

    def give(self) -> None:
        """Keep the reason for the current finding."""
        finding = self.current()
        if finding is not None:
            self.session.edit("审核说明", give_reason(self.session.space, finding, self.reason.text().strip()))

    def go(self) -> None:
        """Ask to be taken to the cell."""
        finding = self.current()
        if finding is not None:
            self.wanted.emit(finding.problem.form, finding.problem.record, finding.problem.field)
