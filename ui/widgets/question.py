"""A question before something that cannot simply be taken back: what it is about in bold, then the particulars."""

from html import escape

from PySide6.QtWidgets import QMessageBox, QWidget


def asked(parent: QWidget, title: str, text: str, go: str, stay: str = "不了") -> bool:
    """Whether the person wants to go on. The first line of `text` is what it is about; Enter alone does nothing."""
    first, _, rest = text.partition("\n")
    box = QMessageBox(QMessageBox.Icon.NoIcon, title, f"<b>{escape(first)}</b>", parent=parent)
    box.setInformativeText(rest)
    yes = box.addButton(go, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(stay, QMessageBox.ButtonRole.RejectRole))
    box.exec()
    return box.clickedButton() is yes
