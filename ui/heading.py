"""The head of a page: a large sentence and a small line below it."""

from PySide6.QtWidgets import QLabel, QVBoxLayout


def heading(layout: QVBoxLayout) -> tuple[QLabel, QLabel]:
    """Add the two labels to a page; gives the sentence and the line."""
    sentence, second = QLabel(), QLabel()
    sentence.setProperty("tone", "sentence")
    second.setProperty("tone", "second")
    second.setWordWrap(True)
    layout.addWidget(sentence)
    layout.addWidget(second)
    return sentence, second
