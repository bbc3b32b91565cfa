"""The frame of the wizard: other ways to begin at the top, the data folder at the bottom, a scroll area between."""

from pathlib import Path

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.first.steps import WizardStep, label, toned
from ui.widgets.icons import dress_button, icon
from ui.widgets.theme import Theme

WIDTH, NARROW = 660, 860  # px: width of the steps, and window width below which parts are hidden
WAYS = {"pack": "有任务包，装入任务包", "own": "县里用，或没有任务包", "backup": "从备份恢复"}
SEVERAL = "一台电脑给几个单位填，装几个任务包就行"


class WizardHeader(QWidget):
    """The title, and buttons for the other ways to begin."""

    chosen = Signal(str)

    def __init__(self, look: Theme) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(look.size(24), look.size(14), look.size(16), look.size(8))
        row.addWidget(label("第一次用，三步", "strong", wrap=False))
        row.addStretch(1)
        self.ways: dict[str, QPushButton] = {}
        for way, words in WAYS.items():
            button = self.ways[way] = QPushButton(words)
            button.setProperty("tone", "flat")
            button.clicked.connect(lambda _on=False, w=way: self.chosen.emit(w))
            row.addWidget(button)
        dress_button(self.ways["backup"], look, "history")

    def show_way(self, way: str) -> None:
        """Hide the button of the current way."""
        for name, button in self.ways.items():
            button.setVisible(name != way)


class DriveIcon(QWidget):
    """A painted disk icon."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.look = look
        self.setFixedSize(look.size(18), look.size(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        icon(self.look, "hard-drive").paint(painter, QRect(0, 0, self.width(), self.height()))
        painter.end()


class DataFolderBar(QWidget):
    """Shows the data folder; `elsewhere` asks to choose another."""

    def __init__(self, look: Theme, folder: Path, movable: bool) -> None:
        super().__init__()
        self.look, self.folder = look, folder
        self.setObjectName("under")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.size(24), look.size(6), look.size(24), look.size(6))
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(look.size(8))
        self.place = label("", "small")
        self.elsewhere = QPushButton("换个地方")
        self.elsewhere.setProperty("tone", "link")
        self.elsewhere.setAccessibleName("数据换个地方放")
        self.elsewhere.setVisible(movable)
        self.hint = label(SEVERAL, "small", wrap=False)
        row.addWidget(DriveIcon(look))
        row.addWidget(self.place, 1000)
        row.addWidget(self.elsewhere)
        row.addStretch(1)
        row.addWidget(self.hint)
        self.told = label("", "red")
        column.addLayout(row)
        column.addWidget(self.told)
        self.say(folder)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show only the folder in a narrow window."""
        super().resizeEvent(event)
        self._say()

    def say(self, folder: Path, told: str = "", tone: str = "red") -> None:
        """Show the data folder, and a warning about it or the reason why another was refused."""
        self.folder = folder
        toned(self.told, tone)
        self.told.setText(told)
        self.told.setVisible(bool(told))
        self._say()

    def _say(self) -> None:
        roomy = self.width() >= self.look.size(NARROW)
        self.hint.setVisible(roomy)
        text = f"数据放在 {self.folder}，只在这台电脑上。" + ("不上网，不用账号，不用管理员。" if roomy else "")
        self.place.setText(text)
        self.place.setMaximumWidth(QFontMetrics(self.look.font(13)).horizontalAdvance(text) + 8)


class Middle(QScrollArea):
    """The steps in the middle of the window; they scroll in a low window."""

    def __init__(self, look: Theme, steps: list[WizardStep]) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        ground, steps_side = QWidget(), QWidget()
        row = QHBoxLayout(ground)
        row.setContentsMargins(look.size(20), look.size(8), look.size(20), look.size(12))
        column = QVBoxLayout(steps_side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.size(10))
        column.addStretch(2)
        for step in steps:
            column.addWidget(step)
        column.addStretch(3)
        steps_side.setMaximumWidth(look.size(WIDTH))
        row.addStretch(1)
        row.addWidget(steps_side, 1000)
        row.addStretch(1)
        self.setWidget(ground)

    def show_step(self, *parts: QWidget) -> None:
        """Scroll to these widgets, the last one with priority, after they have been laid out."""

        def scroll() -> None:
            for part in parts:
                self.ensureWidgetVisible(part, 0, 16)

        QTimer.singleShot(0, self, scroll)
