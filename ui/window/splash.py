"""The empty window that is shown at the start, while the main window is being built."""

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QWidget

from ui.widgets.file_dialogs import RememberingWindow
from ui.widgets.theme import THEMES, Theme

SIZE = (1366, 696)
PERCENTS = range(80, 201)  # text sizes in percent that can be set
LOOK = "look"  # keys of the window's settings: theme and text size in percent
PATIENCE = 500  # milliseconds to wait for the first painting; a minimized window is never painted


class Splash(RememberingWindow):
    """The window on the screen; `fill` puts the main window in. `memory` holds last time's theme, so that a dark window
    is dark from the first moment. `ready` is emitted once, when the window is on the screen.
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
        QTimer.singleShot(0, self, self._tell)  # later: what was painted reaches the screen after this event

    def _tell(self) -> None:
        if not self.told:
            self.told = True
            self.ready.emit()

    def fill(self, inside: QWidget, look: Theme) -> None:
        """Put the main window in, which uses `look`; its title becomes this window's."""
        self.look = look
        self._remember()
        self.setWindowTitle(inside.windowTitle())
        inside.windowTitleChanged.connect(self.setWindowTitle)
        self.setCentralWidget(inside)
        inside.show()

    def _remember(self) -> None:
        """Save theme and text size for the next start."""
        if self.memory.value(LOOK) != (words := f"{self.look.theme} {self.look.percent}"):
            self.memory.setValue(LOOK, words)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only where the main window may close: text that cannot be read keeps it open."""
        if self.centralWidget().close():
            self._remember()
        else:
            event.ignore()


def remembered(memory: QSettings) -> Theme:
    """Last time's theme; the default one where none was kept or the settings make no sense."""
    theme, _, percent = str(memory.value(LOOK, "")).partition(" ")
    sound = theme in THEMES and percent.isdecimal() and int(percent) in PERCENTS
    return Theme(theme, int(percent)) if sound else Theme()
