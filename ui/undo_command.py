"""An edit on the undo stack."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QUndoCommand

from models.store.change import Change, inverse


class UndoCommand(QUndoCommand):
    """One edit on the undo stack; it is done already when it gets there."""

    def __init__(self, label: str, changes: Sequence[Change], write: Callable[[Sequence[Change], str], bool]) -> None:
        super().__init__(label)
        self.changes, self.back, self.write, self.fresh = list(changes), inverse(changes), write, True

    def redo(self) -> None:
        """Do it again; the first call is Qt's on pushing, and the work is done."""
        if not self.fresh:
            self.write(self.changes, f"重做：{self.text()}")
        self.fresh = False

    def undo(self) -> None:
        """Take it back."""
        self.write(self.back, f"撤销：{self.text()}")
