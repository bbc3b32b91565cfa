"""Editors by kind: which widget edits a field in a cell or a record, how it is filled, and the text typed in it."""

from collections.abc import Callable
from functools import singledispatch

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QPlainTextEdit, QWidget

from forms.choices import Choice
from forms.dates import Day
from forms.evidence import Files
from forms.field import Field
from forms.kind import Kind, Text, Unreadable
from ui.widgets.day_edit import DayEdit
from ui.widgets.pinyin import fits


def make(field: Field, parent: QWidget | None) -> QWidget:
    """An editor for the field."""
    made = editor(field.kind, parent)
    made.setAccessibleName(field.heading)
    made.setToolTip(field.help)
    return made


@singledispatch
def editor(kind: Kind, parent: QWidget | None) -> QWidget:
    """The editor of a kind of value: a line edit, unless a function registered below says otherwise. Registered ones
    give a QLineEdit, QPlainTextEdit or QComboBox, or a class made from one.
    """
    return _aligned(QLineEdit(parent), kind)


def _aligned(line: QLineEdit, kind: Kind) -> QLineEdit:
    if kind.align == "right":
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
    return line


@editor.register
def _text(kind: Text, parent: QWidget | None) -> QWidget:
    return _box(parent) if kind.prose else QLineEdit(parent)


@editor.register
def _files(_kind: Files, parent: QWidget | None) -> QWidget:
    return _box(parent)


def _box(parent: QWidget | None) -> QPlainTextEdit:
    box = QPlainTextEdit(parent)
    box.setTabChangesFocus(True)
    return box


@editor.register
def _day(kind: Day, parent: QWidget | None) -> QWidget:
    return _aligned(DayEdit(kind, parent), kind)


@editor.register
def _choice(kind: Choice, parent: QWidget | None) -> QComboBox:
    box = QComboBox(parent)
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.addItem("")
    box.addItems([o.name for o in kind.options])
    names = QStringListModel([o.name for o in kind.options], box)
    completer = QCompleter(names, box)
    completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)  # we filter, by pinyin as well
    box.setCompleter(completer)

    def narrow(typed: str) -> None:
        names.setStringList([o.name for o in kind.options if fits(typed, o.name)])

    if (line := box.lineEdit()) is not None:
        line.textEdited.connect(narrow)
    return box


def settled(editor: QWidget, field: Field) -> None:
    """Replace typed letters that fit just one option by that option."""
    if isinstance(editor, QComboBox) and field.kind.chosen:
        typed_text = editor.currentText().strip()
        names = [o.name for o in field.kind.choices]
        hits = [n for n in names if fits(typed_text, n)]
        if typed_text and typed_text not in names and len(hits) == 1:
            editor.setCurrentText(hits[0])


def fill(editor: QWidget, text: str, select: bool = False) -> None:
    """Put text into an editor; with `select` all of it is selected, so that typing replaces it."""
    if isinstance(editor, QPlainTextEdit):
        editor.setPlainText(text)
    elif isinstance(editor, QComboBox):
        editor.setCurrentText(text)
    elif isinstance(editor, QLineEdit):
        editor.setText(text)
    if select:
        inner(editor).selectAll()  # type: ignore[attr-defined]


def inner(editor: QWidget) -> QWidget:
    """The widget inside an editor that takes the keyboard."""
    return (editor.lineEdit() or editor) if isinstance(editor, QComboBox) else editor


def typed(editor: QWidget) -> str:
    """The text in an editor."""
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    return (
        editor.currentText()
        if isinstance(editor, QComboBox)
        else editor.text()
        if isinstance(editor, QLineEdit)
        else ""
    )


def refusal(
    editor: QWidget, field: Field, year: int | None = None, meant: Callable[[str], str] = lambda text: text
) -> str:
    """Why the editor's text cannot be taken, '' if it can; the editor then shows it in red. `meant` replaces 同上 by
    the text that it means.
    """
    settled(editor, field)
    try:
        field.parse(meant(typed(editor)), year)
        why = ""
    except Unreadable as error:
        why = str(error)
    mark(editor, "wrong", bool(why))
    editor.setToolTip(why or field.help)
    return why


def mark(editor: QWidget, name: str, on: bool) -> None:
    """Style an editor as `wrong` (its text cannot be taken) or `missing` (required and empty), or not."""
    if bool(editor.property(name)) != on:
        editor.setProperty(name, on)
        editor.style().unpolish(editor)
        editor.style().polish(editor)


def lock(editor: QWidget, locked: bool) -> None:
    """Make an editor's text read-only, or editable again."""
    if isinstance(editor, QPlainTextEdit | QLineEdit):
        editor.setReadOnly(locked)
    else:
        editor.setEnabled(not locked)


def unfold(editor: QWidget) -> None:
    """Open an editor's options or calendar."""
    if isinstance(editor, QComboBox):
        editor.showPopup()
    elif isinstance(editor, DayEdit):
        editor.open_calendar()
