"""Two small buttons: take back, and do again; each says what it would take back or do."""

from PySide6.QtWidgets import QToolButton

from ui.session import Session
from ui.widgets.follow import follow
from ui.widgets.icons import icon_button
from ui.widgets.theme import Look


def undo_buttons(look: Look, session: Session) -> tuple[QToolButton, QToolButton]:
    """The buttons over a session's steps; they follow them."""
    stack = session.undo
    back = icon_button(look, "undo-2", "撤销", "")
    again = icon_button(look, "redo-2", "重做", "")
    back.clicked.connect(session.take_back)
    again.clicked.connect(session.do_again)

    def show_back(_index: int = 0) -> None:
        _show_step(back, stack.canUndo(), stack.undoText(), "Ctrl+Z")

    def show_again(_index: int = 0) -> None:
        _show_step(again, stack.canRedo(), stack.redoText(), "Ctrl+Y")

    for button, show in ((back, show_back), (again, show_again)):
        follow(button, stack.indexChanged, show)
        show()
    return back, again


def _show_step(button: QToolButton, possible: bool, words: str, keys: str) -> None:
    """Enable a button where there is a step, and name the step."""
    button.setEnabled(possible)
    name = button.accessibleName()
    button.setToolTip(f"{name}：{words}（{keys}）" if possible else f"没有可以{name}的（{keys}）")
