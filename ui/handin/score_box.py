"""成绩单 at the unit, above the last steps: the points that the county gave out, where they come from, and the objection
to an item, which goes out with the submission.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)

from forms.field import Row
from forms.states import SheetState
from models.ledger.score_sheets import (
    ReceivedSheet,
    objection,
    points_of,
    received_sheets,
    sheet_sentence,
    whys_of,
)
from ui.handin.step_box import say
from ui.operations.failure import reporting
from ui.session import Session
from ui.widgets.heading import label
from ui.widgets.theme import Theme

LINE = Qt.ItemDataRole.UserRole


class ScoreBox(QFrame):
    """The sheets of the unit, the newest first; hidden while there are none."""

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__()
        self.session, self.look = session, look
        self.sheets: Sequence[ReceivedSheet] = ()
        self.setObjectName("card")
        column = QVBoxLayout(self)
        column.setContentsMargins(*(look.size(n) for n in (12, 8, 12, 10)))
        column.setSpacing(look.size(6))
        head = QHBoxLayout()
        self.title = label(head, tone="section")
        head.setStretch(0, 1)
        self.which = QComboBox()
        self.which.setAccessibleName("哪一期的成绩单")
        self.which.currentIndexChanged.connect(lambda _n: self._show())
        self.unfold = QPushButton("看看")
        self.unfold.setProperty("tone", "link")
        self.unfold.setCheckable(True)
        self.unfold.setAccessibleName("看看成绩单")
        self.unfold.toggled.connect(lambda _on: self._fold())
        head.addWidget(self.which)
        head.addWidget(self.unfold)
        column.addLayout(head)
        self.told = label(column, tone="second")
        self.items = self._items()
        column.addWidget(self.items)
        self.text = QLineEdit(placeholderText="哪里不对、依据是什么，按回车；清空就是收回")
        self.text.setAccessibleName("考核异议")
        self.text.returnPressed.connect(self.object)
        self.button = QPushButton("提异议")
        self.button.clicked.connect(self.object)
        row = QHBoxLayout()
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        column.addLayout(row)
        self.inside = (self.items, self.text, self.button)

    def _items(self) -> QTreeWidget:
        items = QTreeWidget()
        items.setAccessibleName("成绩单的各项")
        items.setHeaderHidden(True)
        items.setColumnCount(2)
        items.setWordWrap(True)
        items.setFixedHeight(self.look.size(210))
        items.header().setStretchLastSection(False)
        items.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        items.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        items.currentItemChanged.connect(lambda _new, _old: self._offer())
        return items

    def tell(self) -> None:
        """Show the sheets that came; the chosen period and item are kept."""
        self.sheets = received_sheets(self.session.space, self.session.unit.code)
        self.setVisible(bool(self.sheets))
        names = [s.period.name for s in self.sheets]
        if [self.which.itemText(n) for n in range(self.which.count())] != names:
            self.which.blockSignals(True)
            self.which.clear()
            self.which.addItems(names)
            self.which.blockSignals(False)
        self.which.setVisible(len(names) > 1)
        self._show()
        self._fold()

    @property
    def sheet(self) -> ReceivedSheet | None:
        """The sheet shown; None for none."""
        n = max(self.which.currentIndex(), 0)
        return self.sheets[n] if n < len(self.sheets) else None

    def _show(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        top = self._top()
        at = max(self.items.indexOfTopLevelItem(top), 0) if top is not None else 0
        self.title.setText(f"{sheet.period.name}成绩单（{sheet.word}）")
        self.told.setText(sheet_sentence(sheet.sheet))
        self.items.blockSignals(True)
        self.items.clear()
        for paper in sheet.lines:
            self.items.addTopLevelItem(self._item(sheet, paper))
        self.items.setCurrentItem(self.items.topLevelItem(at))
        self.items.blockSignals(False)
        self._offer()

    def _item(self, sheet: ReceivedSheet, paper: Row) -> QTreeWidgetItem:
        comment = sheet.objections.get(paper["item"])
        sign = "　已答复" if paper["answer"] else "　有异议" if comment else ""
        points = f"{points_of(paper['points'])}／{paper['full'].normalize():f}"
        top = QTreeWidgetItem([f"{paper['name']}{sign}", points])
        top.setData(0, LINE, paper)
        top.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        texts = whys_of(paper)
        texts += [f"异议：{comment['text']}"] if comment else []
        texts += [f"县里答复：{paper['answer']}"] if paper["answer"] else []
        for text in texts:
            child = QTreeWidgetItem([text])
            child.setForeground(0, self.look.colour("ink2"))
            child.setToolTip(0, text)
            top.addChild(child)
            child.setFirstColumnSpanned(True)
        return top

    def _top(self) -> QTreeWidgetItem | None:
        index = self.items.currentIndex()
        above = index.parent()
        return self.items.topLevelItem((above if above.isValid() else index).row()) if index.isValid() else None

    def _fold(self) -> None:
        for part in self.inside:
            part.setVisible(self.unfold.isChecked())

    def _offer(self) -> None:
        top, sheet = self._top(), self.sheet
        if top is None or sheet is None:
            return
        paper: Row = top.data(0, LINE)
        comment = sheet.objections.get(paper["item"])
        self.text.setText(comment["text"] if comment else "")
        may = sheet.may_object(self.session.today())
        for part in (self.text, self.button):
            part.setEnabled(may)
            part.setToolTip("" if may else "已经定分" if sheet.state == SheetState.FIXED else "异议期已经过了")
        self.button.setText("改异议" if comment else "提异议")

    def object(self) -> None:
        """Store the objection to the chosen item; an empty one is taken back."""
        top, sheet, session = self._top(), self.sheet, self.session
        if top is None or sheet is None:
            return
        paper: Row = top.data(0, LINE)
        with reporting(session):
            changes = objection(
                session.space, session.unit.code, session.period, sheet, paper, self.text.text(), self.session.today()
            )
            if changes and session.edit(f"对{sheet.period.name}“{paper['name']}”的考核异议", changes):
                self.tell()
                say(self.told, f"异议已记下，随{session.period.name}的上报包报给县里")
