"""An edit on the undo stack."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QUndoCommand

from models.store.change import Change, inverse


class UndoCommand(QUndoCommand):
    """One edit on the undo stack; it is written already when it is pushed."""

    def __init__(self, label: str, changes: Sequence[Change], write: Callable[[Sequence[Change], str], bool]) -> None:
        super().__init__(label)
        self.changes, self.back, self.write, self.fresh = list(changes), inverse(changes), write, True

    def redo(self) -> None:
        """Write the edit again; the first call, which Qt makes on pushing, does nothing."""
        if not self.fresh:
            self.write(self.changes, f"重做：{self.text()}")
        self.fresh = False

    def undo(self) -> None:
        """Write the values of before the edit."""
        self.write(self.back, f"撤销：{self.text()}")
