"""How a page or a widget listens to something that outlives it: the session, its undo stack, the program, the clipboard."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, SignalInstance


class _Listener(QObject):
    """Holds one slot on behalf of its parent. The signal knows only this object, and weakly: it is the parent that keeps
    the slot, with every widget the slot names, and both go together.
    """

    def __init__(self, owner: QObject, slot: Callable[..., object]) -> None:
        super().__init__(owner)
        self.slot = slot

    def receive(self, *values: Any) -> None:
        """Hand the signal's values on."""
        self.slot(*values)


def follow(owner: QObject, signal: SignalInstance, slot: Callable[..., object]) -> None:
    """Call `slot` with all values of `signal` for as long as `owner` lives. `slot` may be a method, a lambda, a closure or
    a partial; neither the signal nor its sender keeps it, or what it refers to, alive. A sender that is destroyed may
    still emit on the way (QUndoStack does): a slot that asks its sender looks whether it `isValid`.
    """
    signal.connect(_Listener(owner, slot).receive)
