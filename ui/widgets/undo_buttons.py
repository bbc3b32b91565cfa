"""Two small buttons, undo and redo; each names the edit."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QToolButton
from shiboken6 import isValid

from ui.session import Session
from ui.widgets.follow import follow
from ui.widgets.icons import icon_button
from ui.widgets.theme import Theme


def undo_buttons(look: Theme, session: Session) -> tuple[QToolButton, QToolButton]:
    """The buttons of a session's undo stack; they follow its steps."""
    stack = session.undo
    back = icon_button(look, "undo-2", "撤销", "")
    again = icon_button(look, "redo-2", "重做", "")
    back.clicked.connect(session.take_back)
    again.clicked.connect(session.do_again)

    for button, may, words, keys in (
        (back, stack.canUndo, stack.undoText, "Ctrl+Z"),
        (again, stack.canRedo, stack.redoText, "Ctrl+Y"),
    ):
        show = partial(_show_step, stack, button, may, words, keys)
        follow(button, stack.indexChanged, show)
        show()
    return back, again


def _show_step(
    stack: QUndoStack,
    button: QToolButton,
    may: Callable[[], bool],
    words: Callable[[], str],
    keys: str,
    _index: int = 0,
) -> None:
    """Enable a button where there is a step, and name the step."""
    if isValid(stack):  # it emits while it is destroyed as well
        button.setEnabled(may())
        name = button.accessibleName()
        button.setToolTip(f"{name}：{words()}（{keys}）" if may() else f"没有可以{name}的（{keys}）")
