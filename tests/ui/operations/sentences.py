"""A foot without a window: keeps what it is asked to show."""

from PySide6.QtCore import QObject, Signal


class Sentences(QObject):
    message = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.all: list[tuple[str, str]] = []  # text, tone
        self.message.connect(lambda text, tone: self.all.append((text, tone)))
