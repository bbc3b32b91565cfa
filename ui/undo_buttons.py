"""Two small buttons: take back, and do again; each says what it would take back or do."""

from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QToolButton

from ui.icons import icon_button
from ui.theme import Look


def undo_buttons(look: Look, stack: QUndoStack) -> tuple[QToolButton, QToolButton]:
    """The buttons over a stack; they follow it."""
    back = icon_button(look, "undo-2", "撤销", "")
    again = icon_button(look, "redo-2", "重做", "")
    back.clicked.connect(stack.undo)
    again.clicked.connect(stack.redo)

    def tell(*_: object) -> None:
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
