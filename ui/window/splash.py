"""What is on the screen first: the empty window, while what fills it is read."""

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QWidget

from ui.widgets.file_dialogs import RememberingWindow
from ui.widgets.theme import THEMES, Theme

SIZE = (1366, 696)
PERCENTS = range(80, 201)  # text sizes that can be set
LOOK = "look"  # where the memory holds it: theme and text size in percent
PATIENCE = 500  # milliseconds for the screen to show it; then work goes on all the same: it may be minimized


class Splash(RememberingWindow):
    """The window of the screen; `fill` puts in what it is for. `memory` holds the look of last time, so that a dark
    window is dark from the first moment. `ready` says, once, that it is on the screen.
    """

    ready = Signal()

    def __init__(self, memory: QSettings) -> None:
        super().__init__()
        self.memory, self.look, self.told = memory, remembered(memory), False
        self.setObjectName("ground")
        self.setWindowTitle("清单填报")
        self.resize(*SIZE)
        opening = QLabel("正在打开……", alignment=Qt.AlignmentFlag.AlignCenter)
        opening.setObjectName("ground")
        opening.setProperty("tone", "second")
        self.setCentralWidget(opening)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(PATIENCE, self, self._tell)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QTimer.singleShot(0, self, self._tell)  # not yet: what was painted reaches the screen after this

    def _tell(self) -> None:
        if not self.told:
            self.told = True
            self.ready.emit()

    def fill(self, inside: QWidget, look: Theme) -> None:
        """Put the main window in, which has this look; its title becomes this one's."""
        self.look = look
        self._remember()
        self.setWindowTitle(inside.windowTitle())
        inside.windowTitleChanged.connect(self.setWindowTitle)
        self.setCentralWidget(inside)
        inside.show()

    def _remember(self) -> None:
        """Keep the look for the next start."""
        if self.memory.value(LOOK) != (words := f"{self.look.theme} {self.look.percent}"):
            self.memory.setValue(LOOK, words)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Only when what is inside may close: what cannot be read keeps it open."""
        if self.centralWidget().close():
            self._remember()
        else:
            event.ignore()


def remembered(memory: QSettings) -> Theme:
    """The look of last time; the usual one where nothing was kept, or what was kept makes no sense."""
    theme, _, percent = str(memory.value(LOOK, "")).partition(" ")
    sound = theme in THEMES and percent.isdecimal() and int(percent) in PERCENTS
    return Theme(theme, int(percent)) if sound else Theme()
