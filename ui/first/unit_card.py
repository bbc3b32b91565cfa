"""The card of the unit to confirm: its name in large type, its plan, and its work in a few figures."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.first.setup_preview import SetupPreview
from ui.first.steps import label
from ui.widgets.theme import Theme


def buttons(look: Theme, *parts: QPushButton, key: str) -> QWidget:
    """A row of buttons, with the action of the Enter key at its end."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, look.size(4), 0, 0)
    line.setSpacing(8)
    for part in parts:
        line.addWidget(part)
    line.addStretch(1)
    line.addWidget(label("Enter", "key", wrap=False), alignment=Qt.AlignmentFlag.AlignVCenter)
    line.addWidget(label(key, "second", wrap=False))
    return row


def main_button(text: str = "") -> QPushButton:
    """The default button, pressed by Enter."""
    made = QPushButton(text)
    made.setProperty("tone", "main")
    return made


class UnitCard(QWidget):
    """The second step: is this the right unit?"""

    agreed, other = Signal(), Signal()

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.size(8))
        column.addWidget(self._card())
        self.doubt = label("", "second")
        column.addWidget(self.doubt)
        self.yes, self.no = main_button(), QPushButton()
        self.yes.clicked.connect(self.agreed)
        self.no.clicked.connect(self.other)
        column.addWidget(buttons(look, self.yes, self.no, key="是"))

    def _card(self) -> QFrame:
        self.card = QFrame()
        self.card.setObjectName("card")
        column = QVBoxLayout(self.card)
        column.setContentsMargins(*[self.look.size(n) for n in (24, 16, 24, 16)])
        column.setSpacing(self.look.size(8))
        head = QHBoxLayout()
        head.setSpacing(self.look.size(14))
        self.name, self.beside = label("", "sentence"), label("", "", wrap=False)
        self.beside.setContentsMargins(0, 0, 0, self.look.size(7))  # on the line of the large name
        head.addWidget(self.name)
        head.addWidget(self.beside, 1, alignment=Qt.AlignmentFlag.AlignBottom)
        self.plan = label("", "")
        rule = QFrame()
        rule.setObjectName("rule")
        self.figures = QGridLayout()
        self.figures.setVerticalSpacing(0)
        column.addLayout(head)
        column.addWidget(self.plan)
        column.addWidget(rule)
        column.addLayout(self.figures)
        return self.card

    def show_claim(self, claim: SetupPreview) -> None:
        """Show another preview."""
        self.name.setText(claim.name)
        self.name.setWordWrap(len(claim.name) > 12)
        self.beside.setText(claim.beside)
        self.plan.setText(claim.plan_line)
        self.doubt.setText(claim.doubt)
        self.doubt.setVisible(bool(claim.doubt))
        self.yes.setText(claim.yes)
        self.no.setText(claim.no)
        told = "，".join(f"{what} {figure}" for figure, what in claim.figures)
        self.card.setAccessibleName(f"{claim.name}，{claim.beside}，{claim.plan_line}，{told}")
        self._count(claim)

    def _count(self, claim: SetupPreview) -> None:
        while (item := self.figures.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for n, (figure, what) in enumerate(claim.figures):
            self._figure(n, label(figure, "figure", wrap=False), label(what, "second", wrap=False))
        for n in range(5):
            self.figures.setColumnStretch(n, int(n < len(claim.figures)))

    def _figure(self, column: int, figure: QLabel, what: QLabel) -> None:
        self.figures.addWidget(figure, 0, column)
        self.figures.addWidget(what, 1, column)
