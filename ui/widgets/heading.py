"""Labels of pages and panels: the large sentence and the small line below it, sections, text; and pages that scroll."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget


def heading(layout: QVBoxLayout) -> tuple[QLabel, QLabel]:
    """Add the large sentence and the small line to a page; gives both labels."""
    sentence, second = QLabel(), QLabel()
    sentence.setProperty("tone", "sentence")
    second.setProperty("tone", "second")
    for label in (sentence, second):
        label.setWordWrap(True)  # no page is wider than the window because of a long sentence
    layout.addWidget(sentence)
    layout.addWidget(second)
    return sentence, second


def label(layout: QBoxLayout, text: str = "", tone: str = "") -> QLabel:
    """Add a plain text label that wraps; `tone` is one of theme.SHEET."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    made.setProperty("tone", tone)
    layout.addWidget(made)
    return made


def rule(layout: QBoxLayout) -> None:
    """Add a hairline."""
    line = QFrame()
    line.setObjectName("rule")
    layout.addWidget(line)


def section(layout: QBoxLayout, title: str) -> QLabel:
    """Add the title of a section, below a hairline unless it is the first widget."""
    if layout.count():
        rule(layout)
    return label(layout, title, "section")


def scrolled(page: QWidget) -> QVBoxLayout:
    """Make a page scroll where the window is low or the text large; gives the layout for its widgets."""
    outer, area, body = QVBoxLayout(page), QScrollArea(), QWidget()
    outer.setContentsMargins(0, 0, 0, 0)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(body)
    outer.addWidget(area)
    return QVBoxLayout(body)


def yielding(view: QWidget, least: int) -> None:
    """Let a list shrink to `least` px before its page begins to scroll."""
    view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
    view.setMinimumHeight(least)
