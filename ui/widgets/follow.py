"""Connects a page or a widget to signals of objects that outlive it: the session, its undo stack, the program, the
clipboard.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, SignalInstance


class _Listener(QObject):
    """Holds one slot for its parent. The signal refers to this object only weakly: the parent keeps it, and with it the
    slot and every widget that the slot refers to; all are freed with the parent.
    """

    def __init__(self, owner: QObject, slot: Callable[..., object]) -> None:
        super().__init__(owner)
        self.slot = slot

    def receive(self, *values: Any) -> None:
        """Call the slot with the signal's values."""
        self.slot(*values)


def follow(owner: QObject, signal: SignalInstance, slot: Callable[..., object]) -> None:
    """Call `slot` with all values of `signal` for as long as `owner` lives. `slot` may be a method, a lambda, a closure or
    a partial; neither the signal nor its sender keeps it, or what it refers to, alive. A sender that is destroyed may
    still emit on the way (QUndoStack does): a slot that asks its sender looks whether it `isValid`.
    """
    signal.connect(_Listener(owner, slot).receive)
