"""Runs Python's garbage collection in the window's thread only: in another thread it could destroy the widgets of a
discarded page, which ends the program.
"""

import gc

from PySide6.QtCore import QCoreApplication, QObject, QTimer

EVERY = 500  # ms


class GcGuard(QObject):
    """One for the whole program, as long as it runs. While `asleep` it collects nothing."""

    def __init__(self, app: QObject) -> None:
        super().__init__(app)
        self.asleep = False
        gc.disable()
        timer = QTimer(self, interval=EVERY)
        timer.timeout.connect(self.look)
        timer.start()

    def look(self) -> None:
        """Collect the generations whose thresholds are passed, as Python itself would."""
        due = [
            n for n, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if count > most
        ]
        if due and not self.asleep:
            gc.collect(due[-1])


def unfreeze() -> None:
    """Let frozen objects be collected again. Pages that were open at the end of a bulk edit, which freezes everything,
    can then be freed after they are rebuilt.
    """
    gc.unfreeze()


def garbage() -> GcGuard:
    """The program's one GcGuard, made at the first call. Needs a QApplication."""
    app = QCoreApplication.instance()
    assert app is not None
    found = next((c for c in app.children() if isinstance(c, GcGuard)), None)
    return found or GcGuard(app)
