"""Editors by kind: what opens in a cell or a record, how it is filled, and what it gives back as typed text."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QPlainTextEdit, QWidget

from forms.form import Field
from forms.kind import Choice, Files, Kind, Text, Unreadable


def make(field: Field, parent: QWidget | None) -> QWidget:
    """An editor for the field."""
    editor = _choice(field.kind, parent) if isinstance(field.kind, Choice) else _text(field.kind, parent)
    editor.setAccessibleName(field.heading)
    editor.setToolTip(field.help)
    return editor


def _text(kind: Kind, parent: QWidget | None) -> QWidget:
    if isinstance(kind, Files) or (isinstance(kind, Text) and kind.long):
        box = QPlainTextEdit(parent)
        box.setTabChangesFocus(True)
        return box
    line = QLineEdit(parent)
    if kind.align == "right":
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
    return line


def _choice(kind: Choice, parent: QWidget | None) -> QComboBox:
    box = QComboBox(parent)
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.addItem("")
    box.addItems([o.name for o in kind.options])
    completer = QCompleter([o.name for o in kind.options], box)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    box.setCompleter(completer)
    return box


def fill(editor: QWidget, text: str, select: bool = False) -> None:
    """Put text into an editor; `select` all of it, so that typing replaces it."""
    if isinstance(editor, QPlainTextEdit):
        editor.setPlainText(text)
    elif isinstance(editor, QComboBox):
        editor.setCurrentText(text)
    elif isinstance(editor, QLineEdit):
        editor.setText(text)
    if select:
        inner = editor.lineEdit() if isinstance(editor, QComboBox) else editor
        inner.selectAll()  # type: ignore[union-attr]


def typed(editor: QWidget) -> str:
    """What stands in an editor."""
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    return (
        editor.currentText()
        if isinstance(editor, QComboBox)
        else editor.text()
        if isinstance(editor, QLineEdit)
        else ""
    )


def refusal(editor: QWidget, field: Field) -> str:
    """Why what stands in the editor cannot be taken; '' if it can. The editor shows it in red."""
    try:
        field.kind.parse(typed(editor))
        why = ""
    except Unreadable as error:
        why = str(error)
    editor.setProperty("wrong", bool(why))
    editor.style().unpolish(editor)
    editor.style().polish(editor)
    editor.setToolTip(why or field.help)
    return why
