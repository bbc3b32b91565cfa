"""A strip above a page with a sentence on the page's state, and at most one button."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from ui.widgets.theme import Theme


class Banner(QWidget):
    """Hidden while it has no text."""

    def __init__(self, look: Theme, action: str = "", do: Callable[[], None] | None = None) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.size(12), look.size(4), look.size(12), look.size(4))
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setProperty("tone", "amber")
        row.addWidget(self.label, 1)
        if do is not None:
            button = QPushButton(action)
            button.clicked.connect(do)
            row.addWidget(button)
        self.hide()

    def say(self, text: str) -> None:
        """Show a sentence; '' hides the strip."""
        self.label.setText(text)
        self.setVisible(bool(text))
