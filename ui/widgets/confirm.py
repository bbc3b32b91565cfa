"""Questions before an action that cannot simply be undone: the subject in bold, then the details."""

from collections.abc import Sequence
from html import escape

from PySide6.QtWidgets import QMessageBox, QWidget


def asked(parent: QWidget, title: str, text: str, go: str, stay: str = "不了") -> bool:
    """Whether the user agrees. The first line of `text` is shown in bold; Enter alone does not agree."""
    return chosen(parent, title, text, (go, stay)) == 0


def chosen(parent: QWidget, title: str, text: str, ways: Sequence[str]) -> int:
    """The index of the answer chosen among `ways`; the last one changes nothing, and Enter and Esc choose it."""
    first, _, rest = text.partition("\n")
    box = QMessageBox(QMessageBox.Icon.NoIcon, title, f"<b>{escape(first)}</b>", parent=parent)
    box.setInformativeText(rest)
    roles = [QMessageBox.ButtonRole.AcceptRole] * (len(ways) - 1) + [QMessageBox.ButtonRole.RejectRole]
    buttons = [box.addButton(words, role) for words, role in zip(ways, roles, strict=True)]
    box.setDefaultButton(buttons[-1])
    box.setEscapeButton(buttons[-1])
    box.exec()
    return next((n for n, b in enumerate(buttons) if b is box.clickedButton()), len(buttons) - 1)
