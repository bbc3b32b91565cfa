"""The panel beside the list of 审核: what the check of the open item compares, what its level asks for, and all reasons
written.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from forms.problem import LEVELS, REASON_LENGTH
from models.reporting.check import Finding
from ui.filling.open_items import OpenItem, one_by_one
from ui.session import Session
from ui.widgets.heading import label, section
from ui.widgets.icon_label import IconLabel
from ui.widgets.theme import Theme

WIDTH, SHOWN = 300, 4
ASKS = {
    "A": "改好才能传出。",
    "B": "改过来，或写明原因，就能传出。",
    "C": f"核对一遍；确实如此的，写{REASON_LENGTH['C']}个字以上的原因。",
    "D": "只是提个醒，不改也能传出。",
}


class CheckSide(QScrollArea):
    """Follows the open item of a list."""

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__()
        self.session, self.look = session, look
        self.whole = False  # whether all reasons are listed
        self.setObjectName("side")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("这条查什么")

    def tell(self, thing: OpenItem | None) -> None:
        """Show what belongs to the open item, and the reasons."""
        self.thing = thing
        body = QFrame()
        body.setObjectName("side")
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(20, 16, 20, 12)
        self.column.setSpacing(8)
        if thing is not None and thing.findings:
            self._rule(thing.findings[0])
        self._reasons()
        self.column.addStretch(1)
        old = self.takeWidget()
        self.setWidget(body)
        if old is not None:
            old.hide()
            old.deleteLater()

    def _rule(self, finding: Finding) -> None:
        problem = finding.problem
        section(self.column, "这条查什么")
        label(self.column, problem.rule)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel(self.look, problem.level), alignment=Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        label(words, LEVELS[problem.level], "strong")
        label(words, ASKS[problem.level], "second")
        row.addLayout(words, 1)
        self.column.addLayout(row)

    def _reasons(self) -> None:
        given = one_by_one(self.session, [f for f in self.session.findings if f.reason])
        section(self.column, f"带给县里的理由 {len(given)} 条" if given else "带给县里的理由")
        for thing in given if self.whole else given[:SHOWN]:
            self.column.addWidget(self._reason(thing))
        if not given:
            label(self.column, "还没有写。写好的理由随上报包交给县里，下期同一条还能再用。", "second")
        if len(given) > SHOWN and not self.whole:
            more = QPushButton(f"全部{len(given)}条")
            more.setProperty("tone", "link")
            more.clicked.connect(self.show_all)
            self.column.addWidget(more, alignment=Qt.AlignmentFlag.AlignLeft)

    def _reason(self, thing: OpenItem) -> QWidget:
        holder = QWidget()
        words = QVBoxLayout(holder)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(1)
        field = thing.form.find(thing.findings[0].problem.field)
        label(words, f"{thing.where}{f'　{field.label}' if field else ''}", "second")
        label(words, thing.findings[0].reason)
        return holder

    def show_all(self) -> None:
        """List all reasons, not only the first ones."""
        self.whole = True
        self.tell(self.thing)
