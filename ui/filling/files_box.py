"""The files of a cell in the line panel: added by button or drop, opened, saved elsewhere, removed."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from forms.evidence import Attachment, safe_name
from forms.field import Field, Row
from forms.form import Form
from models import attachments
from models.store.atomic_file import megabytes
from ui.operations.failure import reporting
from ui.session import Session
from ui.widgets import file_dialogs as choosing
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.icons import dress_button
from ui.widgets.theme import Theme

PAPER, GONE = "附纸质", "原件不在本机"


class FilesBox(QWidget):
    """The files that a cell holds. Removed files stay in the data folder, so that undo can bring them back."""

    def __init__(self, session: Session, look: Theme, form: Form, field: Field, row: Row) -> None:
        super().__init__()
        self.session, self.look, self.form, self.field, self.row = session, look, form, field, row
        self.files: tuple[Attachment, ...] = row.get(field.name) or ()
        self.may = field.editable and not session.lock.why(form.name, row["id"], field.name)
        self.setAcceptDrops(self.may)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.list = self._list()
        column.addWidget(self.list)
        self._buttons(column)
        if self.may:
            note = QLabel(f"也可以把文件拖到这里。一个文件不超过{_megabytes(attachments.ONE)}，"
                          f"本期合计不超过{_megabytes(attachments.ALL)}。")  # fmt: skip
            note.setProperty("tone", "second")
            note.setWordWrap(True)
            column.addWidget(note)
        self._chosen()

    def _list(self) -> QListWidget:
        shown = QListWidget(self)
        shown.setAccessibleName(f"{self.field.label}的附件")
        shown.setWordWrap(True)
        shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        here = attachments.sizes(self.session.space.folder, [f for f in self.files if f.sha256])
        for f in self.files:
            size = megabytes(here[f.sha256]) if f.sha256 in here else ""
            item = QListWidgetItem(f"{f.name}　{size or (GONE if f.sha256 else PAPER)}")
            if f.sha256 and not size:
                item.setForeground(self.look.colour("red"))
            shown.addItem(item)
        shown.setHidden(not self.files)
        shown.setFixedHeight(self.look.size(44) * min(max(len(self.files), 1), 4) + 4)
        shown.setCurrentRow(0)
        shown.itemActivated.connect(lambda _item: self.open())
        shown.currentRowChanged.connect(lambda _n: self._chosen())
        return shown

    def _buttons(self, column: QVBoxLayout) -> None:
        bar = QWidget()
        row = FlowLayout(bar, (0, 0, 0, 0))
        made = (("添加文件……", "选择文件，拷一份到本程序里", self.choose, True),
                ("打开", "用这台电脑上的程序打开", self.open, False),
                ("另存为……", "拷一份到别的地方", self.save, False),
                ("移去", "从这一格拿掉；原件仍留在本机，按 Ctrl+Z 找回", self.remove, True))  # fmt: skip
        self.buttons: dict[str, QPushButton] = {}
        for text, hint, action, edits in made:
            button = QPushButton(text, bar)  # without a parent it would be shown as a window of its own
            if action == self.choose:
                dress_button(button, self.look, "paperclip")
            button.setToolTip(hint)
            button.clicked.connect(lambda _on=False, act=action: act())
            button.setHidden(edits and not self.may)
            row.addWidget(button)
            self.buttons[text] = button
        column.addWidget(bar)

    def _chosen(self) -> None:
        file = self._current()
        for text in ("打开", "另存为……"):
            self.buttons[text].setEnabled(bool(file and file.sha256))
        self.buttons["移去"].setEnabled(file is not None)

    def _current(self) -> Attachment | None:
        n = self.list.currentRow()
        return self.files[n] if 0 <= n < len(self.files) else None

    ## adding and taking out

    def choose(self) -> None:
        """Add files chosen in a dialog."""
        kinds = " ".join(f"*.{t}" for t in attachments.TYPES)
        names = choosing.files(self, f"添加到“{self.field.label}”", f"可以作附件的 ({kinds})")
        self.add([Path(n) for n in names])

    def add(self, paths: Sequence[Path]) -> None:
        """Add files: all of them in one step or, with the reason shown, none."""
        space, files = self.session.space, self.files
        named = [n.file for n in attachments.named(space.forms, self.session.ctx.rows)]
        with reporting(self.session):
            for path in paths:
                used = attachments.sizes(space.folder, [*named, *(f for f in files if f.sha256)])
                files = (*files, attachments.add(space.folder, path, files, used))
            self._write(files, "添加附件")

    def remove(self) -> None:
        """Remove the current file from the cell."""
        n = self.list.currentRow()
        if self._current() is not None:
            self._write((*self.files[:n], *self.files[n + 1 :]), "移去附件")

    def _write(self, files: tuple[Attachment, ...], label: str) -> None:
        if files != self.files:
            report = self.session.report(self.form)
            self.session.edit(label, report.set(self.row["id"], {self.field.name: files or None}))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files dropped on the list."""
        if self.may and any(u.isLocalFile() for u in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add the dropped files."""
        event.acceptProposedAction()
        self.add([Path(u.toLocalFile()) for u in event.mimeData().urls() if u.isLocalFile()])

    ## looking

    def open(self) -> None:
        """Open a copy with the PC's program for it."""
        file = self._current()
        if file is None or not file.sha256:
            return
        with reporting(self.session):
            folder = self.session.space.folder
            self._show_copy(file, attachments.opened_copy(folder, file, folder / attachments.OPENED))

    def _show_copy(self, file: Attachment, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.session.message.emit(f"这台电脑上没有能打开“{file.name}”的程序，请用“另存为”拷到别的电脑上看", "amber")

    def save(self) -> None:
        """Save a copy to a path chosen in a dialog."""
        file = self._current()
        if file is not None and file.sha256:
            name = choosing.new_file(self, "另存附件", safe_name(file.name))
            if name:
                self.save_to(file, Path(name))

    def save_to(self, file: Attachment, path: Path) -> None:
        """Write a copy to a path."""
        with reporting(self.session):
            attachments.save_as(self.session.space.folder, file, path)
            self.session.message.emit(f"“{file.name}”已另存到 {path}", "saved")


def _megabytes(size: int) -> str:
    return f"{size >> 20}MB"
