"""Python's garbage is looked for in the window's thread only: a thread beside it that came upon a page that is gone would
take its widgets down, which ends the program.
"""

import gc

from PySide6.QtCore import QCoreApplication, QObject, QTimer

EVERY = 500  # ms


class GcGuard(QObject):
    """One for the whole program, as long as it runs. `asleep`, nothing is looked for."""

    def __init__(self, app: QObject) -> None:
        super().__init__(app)
        self.asleep = False
        gc.disable()
        timer = QTimer(self, interval=EVERY)
        timer.timeout.connect(self.look)
        timer.start()

    def look(self) -> None:
        """Take away what nobody holds any more, where Python itself would have looked by now."""
        due = [
            n for n, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if count > most
        ]
        if due and not self.asleep:
            gc.collect(due[-1])


def unfreeze() -> None:
    """Pages are rebuilt: those that were open at the end of long work, which freezes all there is, can go as well."""
    gc.unfreeze()


def garbage() -> GcGuard:
    """The program's own."""
    app = QCoreApplication.instance()
    assert app is not None
    found = next((c for c in app.children() if isinstance(c, GcGuard)), None)
    return found or GcGuard(app)
