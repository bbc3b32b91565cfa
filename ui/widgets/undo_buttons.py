"""Two small buttons: take back, and do again; each says what it would take back or do."""

from PySide6.QtWidgets import QToolButton
from shiboken6 import isValid

from ui.session import Session
from ui.widgets.icons import icon_button
from ui.widgets.theme import Look


def undo_buttons(look: Look, session: Session) -> tuple[QToolButton, QToolButton]:
    """The buttons over a session's steps; they follow them."""
    stack = session.undo
    back = icon_button(look, "undo-2", "撤销", "")
    again = icon_button(look, "redo-2", "重做", "")
    back.clicked.connect(session.take_back)
    again.clicked.connect(session.do_again)

    def tell(*_: object) -> None:
        if not isValid(stack):  # it tells of its own end as well
            return
        for button, may, words, keys in (
            (back, stack.canUndo(), stack.undoText(), "Ctrl+Z"),
            (again, stack.canRedo(), stack.redoText(), "Ctrl+Y"),
        ):
            button.setEnabled(may)
            name = button.accessibleName()
            button.setToolTip(f"{name}：{words}（{keys}）" if may else f"没有可以{name}的（{keys}）")

    stack.indexChanged.connect(tell)
    tell()
    return back, again
