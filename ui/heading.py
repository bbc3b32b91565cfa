"""The head of a page: a large sentence and a small line below it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget


def heading(layout: QVBoxLayout) -> tuple[QLabel, QLabel]:
    """Add the two labels to a page; gives the sentence and the line."""
    sentence, second = QLabel(), QLabel()
    sentence.setProperty("tone", "sentence")
    second.setProperty("tone", "second")
    for label in (sentence, second):
        label.setWordWrap(True)  # no page is wider than the window because of a long sentence
    layout.addWidget(sentence)
    layout.addWidget(second)
    return sentence, second


def scrolled(page: QWidget) -> QVBoxLayout:
    """The layout of a page that scrolls where the window is low or the text large."""
    outer, area, body = QVBoxLayout(page), QScrollArea(), QWidget()
    outer.setContentsMargins(0, 0, 0, 0)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(body)
    outer.addWidget(area)
    return QVBoxLayout(body)


def yielding(view: QWidget, least: int) -> None:
    """Let a list take what room there is, down to `least` px, before its page begins to scroll."""
    view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
    view.setMinimumHeight(least)
